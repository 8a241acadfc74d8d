import { getCurrentUser, signIn, signOut } from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify, ConsoleLogger, fetchAuthSession, sessionStorage } from '@aws-amplify/core';
import type { Pool } from '@/config';
import { StepMissing } from './refusals';
import type { ByPassword } from './session';

/** Sessions by phone number and password. The password stays here: the pool is shown that it is known (SRP). */
export async function passwordSession(pool: Pool, poolApi: string): Promise<ByPassword> {
  // Of warnings there is one, that a pool's address is not AWS's own; on one machine it is not.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
  const Auth = {
    Cognito: {
      // The last part of its issuer.
      userPoolId: pool.issuer.split('/').at(-1) ?? '',
      userPoolClientId: pool.client_id,
      userPoolEndpoint: poolApi,
    },
  };
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sessionStorage);
  Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
  const known = await getCurrentUser().catch(() => null);
  let phone = known?.signInDetails?.loginId ?? null;
  return {
    by: 'password',
    phone: () => phone,
    enter: async (number, password) => {
      // Whoever was here before leaves.
      await signOut();
      const { nextStep } = await signIn({
        username: number,
        password,
        options: { authFlowType: 'USER_SRP_AUTH' },
      });
      if (nextStep.signInStep !== 'DONE') throw new StepMissing(nextStep.signInStep);
      phone = number;
    },
    token: async () => {
      // Without one the API refuses, and signing in again says why.
      const session = await fetchAuthSession().catch(() => null);
      return session?.tokens?.accessToken.toString() ?? null;
    },
    signOut: async () => {
      phone = null;
      await signOut();
    },
  };
}
