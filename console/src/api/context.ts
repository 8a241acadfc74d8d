import { createContext, use } from 'react';
import type { Session } from '@/auth/session';
import type { Config } from '@/config';
import type { Api } from './client';

/** What every page works with. */
export interface Services {
  config: Config;
  session: Session;
  api: Api;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('There is no ServicesContext around this component.');
  return services;
}

export function useApi(): Api {
  return useServices().api;
}
