import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What to do, or why that is fine. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children, action }: Props) {
  return (
    <Box textAlign="center" padding={{ vertical: 'm' }} color="inherit">
      <SpaceBetween size="xxs">
        <b>{title}</b>
        {children && <Box color="text-body-secondary">{children}</Box>}
        {action}
      </SpaceBetween>
    </Box>
  );
}
