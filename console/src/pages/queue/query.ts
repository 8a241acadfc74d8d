import type { FlagFilters } from '@/api/flags';
import { aLocation, given, oneOf, type Values } from '@/shared/filters';
import { FLAG_STATUSES, RULES } from '@/shared/words';

const OPEN = 'open';

/** `any` is a status of the page alone: the queue shows what is open unless asked for more. */
export const STATUSES: Record<string, string> = { ...FLAG_STATUSES, any: 'Any status' };

/** The filters of the queue, as the page's address has them. */
export const FILTERS = { rule: oneOf(RULES), location_id: aLocation, status: oneOf(STATUSES, OPEN) };

export type QueueValues = Values<typeof FILTERS>;

/** What the API is asked for. */
export function queryOf({ status, ...others }: QueueValues, cursor?: string): FlagFilters {
  return given({ ...others, status: status === 'any' ? '' : status, cursor });
}
