import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { Indicator } from './Indicator';
import { ACCESS, inWords } from './words';

const TYPES: Record<string, StatusIndicatorProps.Type> = {
  active: 'success',
  suspended: 'warning',
  blocked: 'stopped',
};

/** Whether a member may log in and check in. */
export function Access({ access, platformBlocked }: { access: string; platformBlocked: boolean }) {
  if (platformBlocked && access === 'active') {
    return <Indicator type="stopped">Blocked on the platform</Indicator>;
  }
  return <Indicator type={TYPES[access] ?? 'info'}>{inWords(ACCESS, access)}</Indicator>;
}
