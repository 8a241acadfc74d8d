import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { ACCESS, inWords } from './words';

const TYPES: Record<string, StatusIndicatorProps.Type> = {
  active: 'success',
  suspended: 'warning',
  blocked: 'stopped',
};

/** Whether a member may log in and check in. */
export function Access({ access, platformBlocked }: { access: string; platformBlocked: boolean }) {
  if (platformBlocked && access === 'active') {
    return <StatusIndicator type="stopped">Blocked on the platform</StatusIndicator>;
  }
  return <StatusIndicator type={TYPES[access] ?? 'info'}>{inWords(ACCESS, access)}</StatusIndicator>;
}
