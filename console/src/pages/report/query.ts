import type { ReportFilters } from '@/api/reports';
import { instantsOf } from '@/shared/days';
import { aDay, aLocation, given, oneOf, textUpTo, type Values } from '@/shared/filters';
import { FLAG_STATUSES, RULES } from '@/shared/words';

/** The filters of the report, as the page's address has them. `flag` shows one flag alone. */
export const FILTERS = {
  rule: oneOf(RULES),
  status: oneOf(FLAG_STATUSES),
  location_id: aLocation,
  from: aDay,
  to: aDay,
  flag: textUpTo(64),
};

export type ReportValues = Values<typeof FILTERS>;

/** What the API is asked for; days are those of a zone. */
export function queryOf(values: ReportValues, zone: string, cursor?: string): ReportFilters {
  const { rule, status, location_id } = values;
  return given({ rule, status, location_id, cursor, ...instantsOf(values, zone) });
}
