import type { ReportFilters } from '@/api/reports';
import { instantsOf } from '@/shared/days';

/** The filters as the page's address has them. `flag` shows one row alone. */
export const NO_FILTERS = { rule: '', status: '', location: '', from: '', to: '', flag: '' };

export type Values = typeof NO_FILTERS;

/** What the API is asked for; days are those of a zone. */
export function asked(values: Values, zone: string, cursor?: string): ReportFilters {
  const given = {
    rule: values.rule,
    status: values.status,
    location_id: values.location,
    cursor: cursor ?? '',
    ...instantsOf(values, zone),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** Whether anything is filtered. */
export function isFiltered(values: Values): boolean {
  return Object.values(values).some((value) => value !== '');
}
