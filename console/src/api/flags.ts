import {
  keepPreviousData,
  queryOptions,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';
import type { Decided, Flag } from './members';
import { fullPage } from './pages';
import type { operations } from './schema';

export type QueuedFlag = Schemas['QueuedFlagView'];
export type FlagFilters = NonNullable<operations['list_flags_v1_flags_get']['parameters']['query']>;

type Listed = Schemas['Page_QueuedFlagView_'];

// Colleagues decide at the same time; what they did is seen without loading anew.
const LIST_AGAIN = 30_000;
const FLAG_AGAIN = 15_000;

/** A page of flags, oldest first. The page before stays while the next one is loading. */
export function useFlags(filters: FlagFilters) {
  const api = useApi();
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['flags', filters],
    queryFn: async () =>
      asKnown(
        queries,
        filters.status,
        await fullPage(filters.cursor, (page) =>
          dataOf(api.GET('/v1/flags', { params: { query: { ...filters, ...page } } })),
        ),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIST_AGAIN,
  });
}

/** One flag; shown as it is listed until it has been read. */
export function useFlag(flagId: string | null, listed: QueuedFlag | undefined) {
  const api = useApi();
  return useQuery({
    ...flagQuery(api, flagId ?? ''),
    enabled: flagId !== null,
    ...(listed ? { placeholderData: listed } : {}),
    refetchInterval: FLAG_AGAIN,
  });
}

/** The query of one flag. */
export function flagQuery(api: Api, flagId: string) {
  return queryOptions({
    queryKey: ['flag', flagId],
    queryFn: () => dataOf(api.GET('/v1/flags/{flag_id}', { params: { path: { flag_id: flagId } } })),
  });
}

/** Remember what was decided about a member: their flags leave the lists that they no longer belong to. */
export function rememberDecided(queries: QueryClient, decided: Decided): void {
  queries.setQueryData(['member', decided.member_id], decided);
  for (const flag of decided.flags) queries.setQueryData(['flag', flag.flag_id], flag);
  for (const [key, listed] of queries.getQueriesData<Listed>({ queryKey: ['flags'] })) {
    const { status } = key[1] as FlagFilters;
    if (listed) queries.setQueryData(key, asKnown(queries, status, listed));
  }
}

// Lists follow decisions within a second or so; one that does not know yet must not show the flag again.
// A flag that was decided on is never open again.
function asKnown(queries: QueryClient, status: FlagFilters['status'], listed: Listed): Listed {
  const items = listed.items.map((flag) => {
    const known = queries.getQueryData<Flag>(['flag', flag.flag_id]);
    return flag.status === 'open' && known && known.status !== 'open' ? { ...flag, ...known } : flag;
  });
  return { ...listed, items: status ? items.filter((flag) => flag.status === status) : items };
}

/** The first hundred flags that were raised from an instant on, whatever became of them. */
export function useFlagsSince(since: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['flags-since', since],
    queryFn: () => dataOf(api.GET('/v1/flags', { params: { query: { from: since, limit: 100 } } })),
  });
}
