import { oidcSession } from '@/auth/oidc';
import type { Pool } from '@/config';
import { NumberMissing } from './refusals';
import type { ByIssuer } from './session';

/** Where the issuer's pages come back to, signed in or out. */
const BACK = '/app/sign-in';

/** Sessions at an issuer that has pages of its own; coming back from there ends here. */
export async function issuerSession(pool: Pool): Promise<ByIssuer> {
  const oidc = oidcSession(pool, { signedIn: BACK, signedOut: BACK, scope: 'openid phone' });
  let returnTo: string | null = null;
  let refused: unknown = null;
  if (isBack(window.location)) {
    returnTo = await oidc.finishSignIn().catch((error: unknown) => {
      refused = error;
      return null;
    });
    // What was sent along is good for once.
    window.history.replaceState(window.history.state, '', BACK);
  }
  const phone = await oidc.claim('phone_number');
  // Check-ins go by number.
  if (returnTo !== null && phone === null) refused = new NumberMissing();
  return {
    by: 'issuer',
    phone: () => phone,
    token: oidc.token,
    signOut: oidc.signOut,
    leave: oidc.signIn,
    returnTo,
    refused,
  };
}

function isBack({ pathname, search }: Location): boolean {
  const sent = new URLSearchParams(search);
  return pathname === BACK && sent.has('state') && (sent.has('code') || sent.has('error'));
}
