/** A pool of people who sign in. */
export interface Pool {
  issuer: string;
  client_id: string;
  /** Where the pool has its own sign-in pages; null for an issuer that tells by discovery. */
  sign_in_url: string | null;
  /** The pool's own API, for pages that ask for the password themselves; null for an issuer of one's own. */
  pool_api_url: string | null;
}

/** The app pool, and the program that the member's pages are of unless their address names one. */
export interface AppConfig extends Pool {
  program_id: string | null;
}

/** What differs from one environment to another: `/config.json`, written by whoever deploys. */
export interface Config {
  api_url: string;
  staff: Pool;
  app: AppConfig;
}

/** Read `/config.json`. Throws with a sentence that says what to do. */
export async function loadConfig(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok || !(answer.headers.get('content-type') ?? '').includes('json')) {
    throw new Error('This console has no config.json yet. Run the last step of the deployment again.');
  }
  return (await answer.json()) as Config;
}
