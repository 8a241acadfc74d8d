import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answered, dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';
import { fullPage } from './pages';
import type { operations } from './schema';

export type RedFlag = Schemas['RedFlagView'];
export type BCheckIns = Schemas['BCheckInsView'];
export type ReportFilters = Pick<
  NonNullable<operations['list_red_flags_v1_reports_red_flags_get']['parameters']['query']>,
  'rule' | 'status' | 'location_id' | 'from' | 'to' | 'cursor'
>;

/** A page of the red flag report, newest first. The page before stays while the next one is loading. */
export function useRedFlags(filters: ReportFilters, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['report', filters],
    queryFn: () => fullPage(filters.cursor, (page) => readPage(api, { ...filters, ...page })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

// The same address gives a file too, as text; without being asked for one it never does.
async function readPage(api: Api, query: ReportFilters & { limit: number }) {
  const page = await dataOf(api.GET('/v1/reports/red-flags', { params: { query } }));
  return page as Schemas['Page_RedFlagView_'];
}

/** One row of the report. It has no address of its own there: its flag tells where it stands. */
export function useRedFlag(flagId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['report', 'row', flagId],
    queryFn: () => readRow(api, flagId),
    enabled: flagId !== '',
  });
}

async function readRow(api: Api, flagId: string): Promise<RedFlag[]> {
  const flag = await dataOf(api.GET('/v1/flags/{flag_id}', { params: { path: { flag_id: flagId } } }));
  const { raised_at: from, rule } = flag;
  const to = new Date(new Date(from).getTime() + 1).toISOString();
  const known = rule as NonNullable<ReportFilters['rule']>;
  const { items } = await readPage(api, { rule: known, from, to, limit: 100 });
  return items.filter((row) => row.flag_id === flagId);
}

export interface Part {
  text: string;
  headers: Headers;
}

/** One part of the report as a file. */
export async function readPart(api: Api, query: ReportFilters, signal: AbortSignal): Promise<Part> {
  const headers = { Accept: 'text/csv' };
  const call = api.GET('/v1/reports/red-flags', { params: { query }, headers, signal, parseAs: 'text' });
  const { data, response } = await answered(call);
  return { text: data, headers: response.headers };
}
