import { createContext, use } from 'react';
import type { Schemas } from '@/api/client';

export type Me = Schemas['MeView'];
export type Permission = Schemas['Permission'];

export const MeContext = createContext<Me | null>(null);

/** Who is signed in, and what they may do. The API asks again; this only decides what is shown. */
export function useRole(): { me: Me; may: (permission: Permission) => boolean } {
  const me = use(MeContext);
  if (!me) throw new Error('Nobody is signed in around this component.');
  return { me, may: (permission) => me.permissions.includes(permission) };
}
