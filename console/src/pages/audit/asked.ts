import type { AuditFilters } from '@/api/audit';
import { instantsOf } from '@/shared/days';

/** The filters as the page's address has them. */
export const NO_FILTERS = { action: '', subject: '', by: '', from: '', to: '' };

export type Values = typeof NO_FILTERS;

/** What the API is asked for; days are those of a zone. */
export function asked(values: Values, zone: string, cursor?: string): AuditFilters {
  const { action, subject, by } = values;
  const given = { action, subject, by, cursor: cursor ?? '', ...instantsOf(values, zone) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}
