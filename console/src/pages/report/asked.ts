import type { ReportFilters } from '@/api/reports';
import { instantsOf } from '@/shared/days';
import { given } from '@/shared/filters';

/** The filters as the page's address has them. `flag` shows one row alone. */
export const NO_FILTERS = { rule: '', status: '', location: '', from: '', to: '', flag: '' };

export type Values = typeof NO_FILTERS;

/** What the API is asked for; days are those of a zone. */
export function asked(values: Values, zone: string, cursor?: string): ReportFilters {
  const { rule, status, location: location_id } = values;
  return given({ rule, status, location_id, cursor, ...instantsOf(values, zone) });
}
