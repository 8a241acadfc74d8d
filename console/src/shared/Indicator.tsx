// eslint-disable-next-line no-restricted-imports -- this is what the others take instead
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

/** A status. Cloudscape's own component breaks a word where the line ends. */
export function Indicator({ children, ...indicator }: StatusIndicatorProps) {
  return (
    <StatusIndicator {...indicator}>
      <span className="whole-words">{children}</span>
    </StatusIndicator>
  );
}
