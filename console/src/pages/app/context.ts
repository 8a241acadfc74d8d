import { createContext, use } from 'react';
import type { Api } from '@/api/client';
import type { Config, Pool } from '@/config';
import type { MemberSession } from './session';

/** What the member's pages work with. */
export interface MemberApp {
  config: Config;
  programId: string;
  /** Where members of the program sign in, and machines get their tokens. */
  pool: Pool;
  /** The API as everybody may ask it. */
  api: Api;
  /** Of the member in this tab; its code is loaded by whoever asks. */
  session: () => Promise<MemberSession>;
}

export const MemberAppContext = createContext<MemberApp | null>(null);

export function useMemberApp(): MemberApp {
  const app = use(MemberAppContext);
  if (!app) throw new Error('There is no MemberAppContext around this component.');
  return app;
}
