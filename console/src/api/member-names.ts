import { useQueries } from '@tanstack/react-query';
import { useApi } from './context';
import { readMember, type Profile } from './members';

/** The names of members, as far as they are known; those who are gone have none. */
export function useMemberNames(memberIds: string[]): ReadonlyMap<string, string> {
  const api = useApi();
  return useQueries({
    queries: memberIds.map((memberId) => ({
      queryKey: ['member', memberId],
      queryFn: () => readMember(api, memberId),
    })),
    combine: namesOf,
  });
}

function namesOf(found: { data: Profile | undefined }[]): ReadonlyMap<string, string> {
  return new Map(found.flatMap(({ data }) => (data?.name ? [[data.member_id, data.name]] : [])));
}
