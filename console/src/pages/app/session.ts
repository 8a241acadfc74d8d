import type { Session } from '@/auth/session';

/** A member who is signed in, in this tab. */
interface SignedInMember extends Pick<Session, 'token' | 'signOut'> {
  /** The number they signed in by, or null. */
  phone: () => string | null;
}

/** Signing in by number and password, on a page of ours. */
export interface ByPassword extends SignedInMember {
  by: 'password';
  /** Throws what `signInRefusal` puts in words. */
  enter: (phone: string, password: string) => Promise<void>;
}

/** Signing in at the pages of an issuer. */
export interface ByIssuer extends SignedInMember {
  by: 'issuer';
  /** Leave for them, and come back to `returnTo`. */
  leave: (returnTo: string) => Promise<void>;
  /** Where to go on after coming back from there just now, and why that has failed. */
  returnTo: string | null;
  refused: unknown;
}

export type MemberSession = ByPassword | ByIssuer;
