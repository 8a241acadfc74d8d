import { UserManager, WebStorageStateStore, type OidcMetadata, type User } from 'oidc-client-ts';
import type { Pool } from '@/config';
import { SIGNED_IN, type Session } from './session';

const CHANNEL = 'redflag-session';
const SIGNED_OUT = 'signed-out';

/** Sessions by OpenID Connect: code flow with PKCE; tokens in memory and in this tab's storage. */
export function oidcSession(pool: Pool): Session {
  const origin = window.location.origin;
  const manager = new UserManager({
    authority: pool.issuer,
    ...(pool.sign_in_url === null ? {} : { metadata: pagesOf(pool.issuer, pool.sign_in_url) }),
    client_id: pool.client_id,
    redirect_uri: `${origin}${SIGNED_IN}`,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    scope: 'openid email profile',
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    automaticSilentRenew: true,
  });
  const tabs = new BroadcastChannel(CHANNEL);
  tabs.onmessage = ({ data }) => {
    if (data === SIGNED_OUT) void manager.removeUser().then(leave);
  };

  return {
    token: async () => {
      const user = await manager.getUser();
      return user ? tokenOf(await stillGood(manager, user)) : null;
    },
    signIn: async (returnTo) => {
      window.sessionStorage.removeItem(SIGNED_OUT);
      await manager.signinRedirect({ state: returnTo });
    },
    finishSignIn: async () => {
      const user = await manager.signinRedirectCallback();
      return typeof user.state === 'string' ? user.state : '/';
    },
    signOut: async () => {
      window.sessionStorage.setItem(SIGNED_OUT, 'yes');
      tabs.postMessage(SIGNED_OUT);
      // Whether or not it can be revoked, the token leaves this browser.
      await revoke(manager, pool).catch(() => undefined);
      await manager.removeUser();
      if (pool.sign_in_url === null) await manager.signoutRedirect();
      else window.location.assign(signOutUrl(pool.sign_in_url, pool.client_id, origin));
    },
  };
}

/** Whether this tab has just signed out, so that it does not sign in again by itself. */
export function hasSignedOut(): boolean {
  return window.sessionStorage.getItem(SIGNED_OUT) !== null;
}

async function stillGood(manager: UserManager, user: User): Promise<User | null> {
  return user.expired ? await manager.signinSilent().catch(() => null) : user;
}

function tokenOf(user: User | null): string | null {
  return user?.access_token ?? null;
}

async function revoke(manager: UserManager, pool: Pool): Promise<void> {
  if (pool.pool_api_url === null) {
    await manager.revokeTokens(['refresh_token']);
    return;
  }
  const user = await manager.getUser();
  await fetch(`${pool.pool_api_url}/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.RevokeToken',
    },
    body: JSON.stringify({ ClientId: pool.client_id, Token: user?.refresh_token }),
  });
}

function leave(): void {
  window.sessionStorage.setItem(SIGNED_OUT, 'yes');
  window.location.assign('/');
}

/** Where a user pool of Cognito has its pages: by these paths, always. */
function pagesOf(issuer: string, url: string): Partial<OidcMetadata> {
  return {
    issuer,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    userinfo_endpoint: `${url}/oauth2/userInfo`,
  };
}

function signOutUrl(url: string, clientId: string, origin: string): string {
  return `${url}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: `${origin}/` }).toString()}`;
}
