import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { Indicator } from './Indicator';
import { FLAG_STATUSES, inWords } from './words';

const TYPES: Record<string, StatusIndicatorProps.Type> = {
  open: 'pending',
  verified: 'success',
  resolved: 'success',
  confirmed: 'stopped',
  overturned: 'info',
};

/** The status of a flag. */
export function FlagStatus({ status }: { status: string }) {
  return <Indicator type={TYPES[status] ?? 'info'}>{inWords(FLAG_STATUSES, status)}</Indicator>;
}
