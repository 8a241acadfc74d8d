import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { FLAG_STATUSES, inWords } from './words';

const TYPES: Record<string, StatusIndicatorProps.Type> = {
  open: 'pending',
  verified: 'success',
  resolved: 'success',
  confirmed: 'stopped',
  overturned: 'info',
};

/** Where a flag stands. */
export function FlagStatus({ status }: { status: string }) {
  return <StatusIndicator type={TYPES[status] ?? 'info'}>{inWords(FLAG_STATUSES, status)}</StatusIndicator>;
}
