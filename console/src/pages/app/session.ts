import type { Session } from '@/auth/session';
import type { Pool } from '@/config';
import { PoolRefused, refreshed, revoke, signInByPassword, type Tokens } from './pool';

/** A member who is signed in, in this tab. */
export interface MemberSession extends Pick<Session, 'token' | 'signOut'> {
  /** The number they signed in by, or null. */
  phone: () => string | null;
  /** Sign in. Throws `PoolRefused`, or `TypeError` when the pool cannot be reached. */
  enter: (phone: string, password: string) => Promise<void>;
}

interface Kept {
  phone: string;
  accessToken: string;
  refreshToken: string | null;
  endsAt: number;
}

const KEY = 'redflag-member';
const EARLY = 60_000;

/** Sessions by phone number and password, at the pool's own API. */
export function memberSession(pool: Pool): MemberSession {
  const url = pool.pool_api_url ?? '';
  return {
    phone: () => read()?.phone ?? null,
    enter: async (phone, password) => {
      keep(phone, await signInByPassword(url, pool.client_id, phone, password), null);
    },
    token: async () => {
      const kept = read();
      if (!kept || Date.now() < kept.endsAt) return kept?.accessToken ?? null;
      if (kept.refreshToken === null) return null;
      try {
        const tokens = await refreshed(url, pool.client_id, kept.refreshToken);
        return keep(kept.phone, tokens, kept.refreshToken).accessToken;
      } catch (error) {
        // Refused: signing in again says why. Not reached: the next request tries again.
        if (error instanceof PoolRefused) forget();
        return null;
      }
    },
    signOut: async () => {
      const token = read()?.refreshToken;
      forget();
      if (token) await revoke(url, pool.client_id, token).catch(() => undefined);
    },
  };
}

function read(): Kept | null {
  const text = window.sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Kept);
}

function keep(phone: string, tokens: Tokens, refreshToken: string | null): Kept {
  const kept = {
    phone,
    accessToken: tokens.AccessToken,
    refreshToken: tokens.RefreshToken ?? refreshToken,
    endsAt: Date.now() + tokens.ExpiresIn * 1000 - EARLY,
  };
  window.sessionStorage.setItem(KEY, JSON.stringify(kept));
  return kept;
}

function forget(): void {
  window.sessionStorage.removeItem(KEY);
}
