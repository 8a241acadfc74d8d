import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { fullPage } from './pages';

export type Entry = Schemas['EntryView'];

export interface AuditFilters {
  action?: string;
  subject?: string;
  by?: string;
  from?: string;
  to?: string;
  cursor?: string;
}

/** A page of the audit log, newest first. The page before stays while the next one is loading. */
export function useAudit(filters: AuditFilters) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', filters],
    queryFn: () =>
      fullPage(filters.cursor, (page) =>
        dataOf(api.GET('/v1/audit', { params: { query: { ...filters, ...page } } })),
      ),
    placeholderData: keepPreviousData,
  });
}
