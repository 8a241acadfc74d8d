import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';

export type Summary = Schemas['SummaryView'];

/** Numbers about the flags raised from a day on, such as "2027-03-14", and about what waits now. */
export function useSummary(from: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['summary', from],
    queryFn: () => dataOf(api.GET('/v1/reports/summary', { params: { query: { from } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
