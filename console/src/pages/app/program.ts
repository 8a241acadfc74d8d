import type { AppConfig } from '@/config';

/** Whose pages these are: a program, and the client by which its members sign in. */
export interface Program {
  programId: string;
  clientId: string;
}

const KEY = 'redflag-program';

/**
 * The program that an address names, as in `/app?program=p_…&client=…`, which holds for this tab from then
 * on; else the one that was deployed with. Null without any.
 */
export function programOf(
  app: AppConfig,
  search: string,
  tab: Pick<Storage, 'getItem' | 'setItem'>,
): Program | null {
  const named = new URLSearchParams(search);
  const programId = named.get('program');
  if (programId) {
    const client = named.get('client') ?? app.client_id;
    tab.setItem(KEY, JSON.stringify({ programId, clientId: client } satisfies Program));
  }
  const kept = tab.getItem(KEY);
  if (kept !== null) return JSON.parse(kept) as Program;
  return app.program_id ? { programId: app.program_id, clientId: app.client_id } : null;
}
