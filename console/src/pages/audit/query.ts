import type { AuditFilters } from '@/api/audit';
import { instantsOf } from '@/shared/days';
import { aDay, given, oneOf, textUpTo, type Values } from '@/shared/filters';
import { ACTIONS } from './words';

const ID = textUpTo(128);

/** The filters of the log, as the page's address has them. */
export const FILTERS = { action: oneOf(ACTIONS), subject: ID, by: ID, from: aDay, to: aDay };

export type AuditValues = Values<typeof FILTERS>;

/** What the API is asked for; days are those of a zone. */
export function queryOf(values: AuditValues, zone: string, cursor?: string): AuditFilters {
  const { action, subject, by } = values;
  return given({ action, subject, by, cursor, ...instantsOf(values, zone) });
}
