/** Whoever is signed in, behind the few things that the console needs to know of it. */
export interface Session {
  /** An access token that is good for the next request, or null when nobody is signed in. */
  token: () => Promise<string | null>;
  /** Leave for the sign-in pages, and come back to `returnTo`. */
  signIn: (returnTo: string) => Promise<void>;
  /** Take what the sign-in pages sent along; answers where to go on. Throws when signing in has failed. */
  finishSignIn: () => Promise<string>;
  /** End the session here, in other tabs, and at the sign-in pages. */
  signOut: () => Promise<void>;
}

/** Where the sign-in pages come back to. */
export const SIGNED_IN = '/signed-in';
