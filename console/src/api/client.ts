import createClient, { type Client } from 'openapi-fetch';
import type { Session } from '@/auth/session';
import { refusalOf, unreachable } from './problem';
import type { components, paths } from './schema';

export type Api = Client<paths>;
export type Schemas = components['schemas'];

/** The API, as whoever is signed in. */
export function newApi(baseUrl: string, session: Pick<Session, 'token'>): Api {
  const api = createClient<paths>({ baseUrl });
  api.use({
    onRequest: async ({ request }) => {
      const token = await session.token();
      if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
      return request;
    },
  });
  return api;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered, with the response for its headers. Throws `Refused`. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  const answer = await call.catch((error: unknown) => {
    if (error instanceof TypeError || isTimeout(error)) throw unreachable();
    throw error;
  });
  if (!answer.response.ok) throw refusalOf(answer.response, answer.error);
  return { data: answer.data as T, response: answer.response };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/** What was answered. Throws `Refused`. */
export async function dataOf<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await answered(call)).data;
}
