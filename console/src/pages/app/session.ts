import type { Session } from '@/auth/session';
import type { Pool } from '@/config';

/** A member who is signed in, in this tab. */
interface Known extends Pick<Session, 'token' | 'signOut'> {
  /** The number they signed in by, or null. */
  phone: () => string | null;
}

/** Signing in by number and password, on a page of ours. */
export interface ByPassword extends Known {
  by: 'password';
  /** Throws what `signInRefusal` puts in words. */
  enter: (phone: string, password: string) => Promise<void>;
}

/** Signing in at the pages of an issuer. */
export interface ByIssuer extends Known {
  by: 'issuer';
  /** Leave for them, and come back to `returnTo`. */
  leave: (returnTo: string) => Promise<void>;
  /** Where to go on after coming back from there just now, and why that has failed. */
  returnTo: string | null;
  refused: unknown;
}

export type MemberSession = ByPassword | ByIssuer;

/** Whoever is signed in: at a pool of Cognito by its own API, elsewhere by OpenID Connect. */
export async function memberSession(pool: Pool): Promise<MemberSession> {
  // Each with a library of its own, which only those load who sign in by it.
  if (pool.pool_api_url === null) return await (await import('./by-issuer')).issuerSession(pool);
  return await (await import('./by-password')).passwordSession(pool, pool.pool_api_url);
}
