import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Schemas } from '@/api/client';
import { Indicator } from './Indicator';
import { FLAG_STATUSES, inWords } from './words';

const TYPES: Record<Schemas['FlagStatus'], StatusIndicatorProps.Type> = {
  open: 'pending',
  verified: 'success',
  resolved: 'success',
  confirmed: 'stopped',
  overturned: 'info',
};

/** The status of a flag. */
export function FlagStatus({ status }: { status: Schemas['FlagStatus'] }) {
  return <Indicator type={TYPES[status]}>{inWords(FLAG_STATUSES, status)}</Indicator>;
}
