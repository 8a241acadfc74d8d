import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Api, type Schemas } from './client';
import { useApi } from './context';
import { fullPage } from './pages';
import type { operations } from './schema';

export type Member = Schemas['MemberView'];
export type Profile = Schemas['ProfileView'];
export type Decided = Schemas['DecidedView'];
export type Flag = Schemas['FlagView'];

/** What staff decide about a member. */
export type Action = 'flag' | 'verify' | 'resolve' | 'block' | 'unblock' | 'membership/cancel';

export type MemberFilters = NonNullable<operations['list_members_v1_members_get']['parameters']['query']>;

/** A page of members by name, once `enabled`. The page before stays while the next one is loading. */
export function useMembers(filters: MemberFilters, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['members', filters],
    queryFn: () =>
      fullPage(filters.cursor, (page) =>
        dataOf(api.GET('/v1/members', { params: { query: { ...filters, ...page } } })),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** A member with everything behind them. */
export function useMember(memberId: string) {
  const api = useApi();
  return useQuery(memberQuery(api, memberId));
}

/** The query of a member with everything behind them. */
export function memberQuery(api: Api, memberId: string) {
  return queryOptions({
    queryKey: ['member', memberId],
    queryFn: () => dataOf(api.GET('/v1/members/{member_id}', { params: { path: { member_id: memberId } } })),
  });
}

/** Decide something about a member; every list that may show it is read again. */
export function useDecision(memberId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ action, reason }: { action: Action; reason: string }): Promise<Decided> =>
      await dataOf(
        api.POST(`/v1/members/{member_id}/${action}`, {
          params: { path: { member_id: memberId } },
          body: { reason },
        }),
      ),
    onSuccess: (decided) => {
      queries.setQueryData(['member', memberId], decided);
    },
    // After a refusal too: somebody else may have decided meanwhile.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' }),
  });
}

/** The phone number in clear; that it was shown is audited. */
export function useRevealPhone(memberId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: async () =>
      (
        await dataOf(
          api.POST('/v1/members/{member_id}/reveal-phone', { params: { path: { member_id: memberId } } }),
        )
      ).phone,
  });
}
