import { createContext, use } from 'react';
import type { Api } from '@/api/client';
import type { Place } from '@/config';
import type { Config } from '@/config';
import type { MemberSession } from './session';

/** What the member's pages work with. */
export interface Sample {
  config: Config;
  programId: string;
  places: Place[];
  session: MemberSession;
  api: Api;
}

export const SampleContext = createContext<Sample | null>(null);

export function useSample(): Sample {
  const sample = use(SampleContext);
  if (!sample) throw new Error('There is no SampleContext around this component.');
  return sample;
}
