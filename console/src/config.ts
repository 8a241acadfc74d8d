/** A pool of people who sign in. */
export interface Pool {
  issuer: string;
  client_id: string;
  /** Where the pool has its own sign-in pages; null for an issuer that tells by discovery. */
  sign_in_url: string | null;
  /** The pool's own API, for pages that ask for the password themselves; null where there is none. */
  pool_api_url: string | null;
}

/** A place that members may choose; the API lists none to them. */
export interface Place {
  location_id: string;
  name: string;
}

/** The app pool, and what the sample of a member's pages shows; no program where there is no sample. */
export interface AppConfig extends Pool {
  program_id: string | null;
  locations: Place[];
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
    throw new Error('This console has no config.json yet. Whoever deployed it runs the last step again.');
  }
  return (await answer.json()) as Config;
}
