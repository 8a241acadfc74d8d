import { useQueries } from '@tanstack/react-query';
import { useApi } from './context';
import { memberQuery, type Profile } from './members';

/** The names of members, as far as they are known; those who are gone have none. */
export function useMemberNames(memberIds: string[]): ReadonlyMap<string, string> {
  const api = useApi();
  return useQueries({
    queries: memberIds.map((memberId) => memberQuery(api, memberId)),
    combine: namesOf,
  });
}

function namesOf(found: { data: Profile | undefined }[]): ReadonlyMap<string, string> {
  return new Map(found.flatMap(({ data }) => (data?.name ? [[data.member_id, data.name]] : [])));
}
