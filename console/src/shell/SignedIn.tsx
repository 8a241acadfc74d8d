import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { dataOf } from '@/api/client';
import { useServices } from '@/api/context';
import { Refused } from '@/api/problem';
import { MeContext } from '@/auth/role';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Deferred } from './Deferred';

/** Asks who is signed in before anything is shown. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { api, session } = useServices();
  const me = useQuery({ queryKey: ['me'], queryFn: () => dataOf(api.GET('/v1/me')), staleTime: Infinity });
  if (me.data) {
    return (
      <MeContext value={me.data}>
        <Deferred>{children}</Deferred>
      </MeContext>
    );
  }
  if (!me.error) return <Loading what="the console" />;
  const ended = me.error instanceof Refused && me.error.status === 401;
  return (
    <Box padding="xxl">
      <SpaceBetween size="m">
        <ProblemAlert
          error={me.error}
          title="The console cannot be opened"
          onRetry={() => void me.refetch()}
        />
        <Button onClick={() => void (ended ? session.signIn(window.location.pathname) : session.signOut())}>
          {ended ? 'Sign in' : 'Sign out'}
        </Button>
      </SpaceBetween>
    </Box>
  );
}
