import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';

export type NotificationState = Schemas['NotificationsView'];
export type Recipient = Schemas['RecipientView'];
export type TestEmailResult = Schemas['TestMailView'];

const KEY = ['notifications'];

/** The status of notifications. */
export function useNotifications() {
  const api = useApi();
  return useQuery({ queryKey: KEY, queryFn: () => dataOf(api.GET('/v1/notifications')) });
}

/** Send a test e-mail to every recipient, or to one of them; answers the result for each. */
export function useTestEmail() {
  const api = useApi();
  return useMutation({
    mutationFn: async (email: string | null): Promise<TestEmailResult[]> =>
      (
        await dataOf(
          api.POST('/v1/notifications/test', { params: { query: email === null ? {} : { email } } }),
        )
      ).mails,
  });
}

/** Send e-mail again to somebody who bounced, complained or unsubscribed. */
export function useReinstate() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; reason: string }) =>
      dataOf(api.POST('/v1/notifications/reinstate', { body })),
    onSuccess: (state) => {
      queries.setQueryData(KEY, state);
    },
  });
}
