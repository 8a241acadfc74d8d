import { UserManager, WebStorageStateStore, type OidcMetadata, type User } from 'oidc-client-ts';
import type { Pool } from '@/config';
import { SIGNED_IN, type Session } from './session';

const CHANNEL = 'redflag-session';
const SIGNED_OUT = 'signed-out';

/** Where the issuer's pages come back to, and what they are asked for. */
interface Pages {
  signedIn: string;
  signedOut: string;
  scope: string;
}

const CONSOLE: Pages = { signedIn: SIGNED_IN, signedOut: '/', scope: 'openid email profile' };

interface OidcSession extends Session {
  /** What the issuer says of whoever is signed in, or null. */
  claim: (name: string) => Promise<string | null>;
}

/** Sessions by OpenID Connect: code flow with PKCE; tokens in memory and in this tab's storage. */
export function oidcSession(pool: Pool, pages = CONSOLE): OidcSession {
  const origin = window.location.origin;
  const manager = new UserManager({
    authority: pool.issuer,
    ...(pool.sign_in_url === null ? {} : { metadata: pagesOf(pool.issuer, pool.sign_in_url) }),
    client_id: pool.client_id,
    redirect_uri: `${origin}${pages.signedIn}`,
    post_logout_redirect_uri: `${origin}${pages.signedOut}`,
    response_type: 'code',
    scope: pages.scope,
    userStore: new WebStorageStateStore({ store: window.sessionStorage }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    automaticSilentRenew: true,
  });
  const leave = () => {
    window.sessionStorage.setItem(SIGNED_OUT, 'yes');
    window.location.assign(pages.signedOut);
  };
  // Of each client a channel: who leaves the members' pages stays at the console.
  const tabs = new BroadcastChannel(`${CHANNEL}-${pool.client_id}`);
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
    claim: async (name) => {
      const said = (await manager.getUser())?.profile[name];
      return typeof said === 'string' ? said : null;
    },
    signOut: async () => {
      window.sessionStorage.setItem(SIGNED_OUT, 'yes');
      tabs.postMessage(SIGNED_OUT);
      // Whether or not it can be revoked, the token leaves this browser.
      await revoke(manager, pool).catch(() => undefined);
      await manager.removeUser();
      // An issuer may have no page for it.
      if (pool.sign_in_url === null) await manager.signoutRedirect().catch(leave);
      else
        window.location.assign(signOutUrl(pool.sign_in_url, pool.client_id, `${origin}${pages.signedOut}`));
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

/** Where a user pool of Cognito has its pages: by these paths, always. */
function pagesOf(issuer: string, url: string): Partial<OidcMetadata> {
  return {
    issuer,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    userinfo_endpoint: `${url}/oauth2/userInfo`,
  };
}

function signOutUrl(url: string, clientId: string, backTo: string): string {
  return `${url}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: backTo }).toString()}`;
}
