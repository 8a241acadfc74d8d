import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Schemas } from '@/api/client';
import { Indicator } from './Indicator';
import { ACCESS, inWords } from './words';

const TYPES: Record<Schemas['Access'], StatusIndicatorProps.Type> = {
  active: 'success',
  suspended: 'warning',
  blocked: 'stopped',
};

/** Whether a member may log in and check in. */
export function Access({ access, platformBlocked }: { access: Schemas['Access']; platformBlocked: boolean }) {
  if (platformBlocked && access === 'active') {
    return <Indicator type="stopped">Blocked on the platform</Indicator>;
  }
  return <Indicator type={TYPES[access]}>{inWords(ACCESS, access)}</Indicator>;
}
