import Box from '@cloudscape-design/components/box';
import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

type Type = 'success' | 'info' | 'warning' | 'error';

interface Props {
  type: Type;
  header?: string;
  children: ReactNode;
  /** For whoever looks closer. */
  small?: string | null;
}

const ICONS: Record<Type, IconProps.Name> = {
  success: 'status-positive',
  info: 'status-info',
  warning: 'status-warning',
  error: 'status-negative',
};

/** An answer in large letters: read from an arm's length, and at a glance by its icon. */
export function Poster({ type, header, children, small = null }: Props) {
  return (
    <div className="poster">
      <Box color={`text-status-${type}`}>
        <span className="poster-icon">
          <Icon name={ICONS[type]} size="large" />
        </span>
      </Box>
      <SpaceBetween size="s">
        {header && (
          <Box variant="h2" fontSize="display-l" color={`text-status-${type}`}>
            {header}
          </Box>
        )}
        <Box fontSize={header ? 'heading-l' : 'heading-xl'}>{children}</Box>
        {small !== null && <Box variant="small">{small}</Box>}
      </SpaceBetween>
    </div>
  );
}
