import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered, dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';
import { Refused } from './problem';

export type SettingsDocument = Schemas['SettingsDocument'];
export type SettingsVersion = Schemas['SettingsVersionView'];
export type SettingsPreview = Schemas['SettingsPreview'];

/** The current settings, with the tag that says which version they are. */
export interface Settings {
  document: SettingsDocument;
  etag: string;
}

const KEY = ['settings'];
const HISTORY = ['settings', 'history'];

/** The current settings. */
export function useSettings() {
  const api = useApi();
  return useQuery({ queryKey: KEY, queryFn: () => readSettings(api) });
}

async function readSettings(api: Api): Promise<Settings> {
  return tagged(await answered(api.GET('/v1/settings')));
}

function tagged({ data, response }: { data: SettingsDocument; response: Response }): Settings {
  return { document: data, etag: response.headers.get('etag') ?? '' };
}

/** Put settings in effect in place of those with `etag`; refused with 412 when others are by now. */
export function useSaveSettings() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ document, etag }: Settings): Promise<Settings> =>
      tagged(
        await answered(api.PUT('/v1/settings', { params: { header: { 'if-match': etag } }, body: document })),
      ),
    onSuccess: async (saved) => {
      await queries.cancelQueries({ queryKey: KEY, exact: true });
      queries.setQueryData(KEY, saved);
      void queries.invalidateQueries({ queryKey: HISTORY });
      void queries.invalidateQueries({ queryKey: ['notifications'] });
      void queries.invalidateQueries({ queryKey: ['members'] });
    },
    // Somebody else may have saved a version.
    onError: () => void queries.invalidateQueries({ queryKey: HISTORY }),
  });
}

/** Whether settings were refused because others have been saved meanwhile. */
export function isOvertaken(thrown: unknown): boolean {
  return thrown instanceof Refused && thrown.code === 'version_conflict';
}

/** What a document would have done with the last weeks' check-ins, beside the current settings. */
export function useSettingsPreview({ document, etag }: Settings) {
  const api = useApi();
  return useQuery({
    // The current settings are the other half of the answer.
    queryKey: [...KEY, 'preview', etag, document],
    queryFn: ({ signal }) => dataOf(api.POST('/v1/settings/preview', { body: document, signal })),
    // It reads a lot: once is enough.
    retry: false,
  });
}

const VERSIONS = 20;

/** The versions that were saved, newest first, more on demand. */
export function useSettingsHistory() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: [...HISTORY, 'all'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/settings/history', {
          params: { query: { limit: VERSIONS, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

/** One version, as it was saved: it never changes. 0 are the defaults. */
export function useSettingsVersion(version: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['settings-version', version],
    queryFn: () =>
      dataOf(api.GET('/v1/settings/history/{version}', { params: { path: { version: String(version) } } })),
    staleTime: 'static',
  });
}

/** The current version as of now, with who saved it; null while none was saved. */
export function useNewestVersion() {
  const api = useApi();
  return useQuery({
    queryKey: [...HISTORY, 'newest'],
    staleTime: 0,
    gcTime: 0,
    queryFn: async () => {
      const { items } = await dataOf(api.GET('/v1/settings/history', { params: { query: { limit: 1 } } }));
      return items[0] ?? null;
    },
  });
}
