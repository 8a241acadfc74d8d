import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dataOf } from '@/api/client';
import { useApi } from '@/api/context';
import { flagQuery, rememberDecided } from '@/api/flags';
import { memberQuery } from '@/api/members';
import { review, type ReviewApi, type Intent } from './review';

// What was read a moment ago is not good enough to decide by.
const ANEW = { staleTime: 0 };

/** Decide on a flag as it now is, and bring what is shown up to date. */
export function useReview() {
  const api = useApi();
  const queries = useQueryClient();
  const calls: ReviewApi = {
    readFlag: (id) => queries.query({ ...flagQuery(api, id), ...ANEW }),
    readMember: (id) => queries.query({ ...memberQuery(api, id), ...ANEW }),
    decide: (member_id, action, reason) =>
      dataOf(
        api.POST(`/v1/members/{member_id}/${action}`, { params: { path: { member_id } }, body: { reason } }),
      ),
  };
  return useMutation({
    mutationFn: (intent: Intent) => review(intent, calls),
    onSuccess: ({ decided }) => {
      if (decided) rememberDecided(queries, decided);
    },
    // The next flag need not wait for this.
    onSettled: () => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    },
  });
}
