import type { AuditFilters } from '@/api/audit';
import { instantsOf } from '@/shared/days';
import { given } from '@/shared/filters';

/** The filters as the page's address has them. */
export const NO_FILTERS = { action: '', subject: '', by: '', from: '', to: '' };

export type Values = typeof NO_FILTERS;

/** What the API is asked for; days are those of a zone. */
export function asked(values: Values, zone: string, cursor?: string): AuditFilters {
  const { action, subject, by } = values;
  return given({ action, subject, by, cursor, ...instantsOf(values, zone) });
}
