import { Refused } from '@/api/problem';
import type { Pool } from '@/config';

/** A device that checks members in: whose client it is, where it stands, and what it is called. */
export interface Machine {
  clientId: string;
  clientSecret: string;
  locationId: string;
  device: string;
}

const KEY = 'redflag-kiosk';
const EARLY = 60;

/** What was entered on this device; kept until its tab is closed. */
export function keptMachine(): Machine | null {
  const text = window.sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Machine);
}

export function keepMachine(machine: Machine): void {
  window.sessionStorage.setItem(KEY, JSON.stringify(machine));
}

export function forgetMachine(): void {
  window.sessionStorage.removeItem(KEY);
}

/** Tokens of a machine client by its id and secret, each for as long as it is good. */
export function machineTokens(pool: Pool, machine: Machine): () => Promise<string> {
  let known: { token: string; endsAt: number } | null = null;
  return async () => {
    if (known === null || Date.now() >= known.endsAt) {
      const { access_token, expires_in } = await newToken(pool, machine);
      known = { token: access_token, endsAt: Date.now() + (expires_in - EARLY) * 1000 };
    }
    return known.token;
  };
}

interface Grant {
  access_token: string;
  expires_in: number;
}

async function newToken(pool: Pool, machine: Machine): Promise<Grant> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: machine.clientId,
    client_secret: machine.clientSecret,
  });
  // A form and no header of ours, so that browsers ask no permission first.
  const answer = await fetch(await tokenAddress(pool), { method: 'POST', body: form });
  if (answer.ok) return (await answer.json()) as Grant;
  if (answer.status < 500) {
    throw new Refused('The client id or the secret is wrong, or the client was removed.', {
      status: answer.status,
      code: 'invalid_client',
    });
  }
  throw new Refused('The kiosk cannot sign in right now. Try again in a moment.', { status: answer.status });
}

/** Where a pool gives tokens: beside its sign-in pages, or where its issuer says. */
async function tokenAddress(pool: Pool): Promise<string> {
  if (pool.sign_in_url !== null) return `${pool.sign_in_url}/oauth2/token`;
  const answer = await fetch(`${pool.issuer}/.well-known/openid-configuration`);
  return ((await answer.json()) as { token_endpoint: string }).token_endpoint;
}
