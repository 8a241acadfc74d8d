import type { Pool } from '@/config';
import type { MemberSession } from './session';

/** Whoever is signed in: at a pool of Cognito by its own API, elsewhere by OpenID Connect. */
export async function openSession(pool: Pool): Promise<MemberSession> {
  // Each with a library of its own, which only those load who sign in by it.
  if (pool.pool_api_url === null) return await (await import('./by-issuer')).issuerSession(pool);
  return await (await import('./by-password')).passwordSession(pool, pool.pool_api_url);
}
