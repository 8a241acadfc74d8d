import { useMutation, useQuery } from '@tanstack/react-query';
import { dataOf, type Api, type Schemas } from './client';
import { Refused } from './problem';

export type Contact = Schemas['ContactAnswer'];
export type Place = Schemas['PlaceAnswer'];

export interface Attempt {
  program_id: string;
  location_id: string;
  phone: string;
  device_id: string | null;
  /** The idempotency key: a repeated request with the same key changes nothing and gets the first answer. */
  key: string;
}

/** The outcome of an attempt to check in. */
export type Outcome =
  | { kind: 'accepted'; next: string }
  | { kind: 'too_soon'; next: string | null }
  | { kind: 'closed'; opens: string | null }
  | { kind: 'blocked'; contact: Contact | null }
  | { kind: 'no_number' }
  | { kind: 'not_enrolled' }
  /** It is not known whether the member is checked in: the attempt may be repeated with the same key. */
  | { kind: 'unanswered'; error: unknown }
  | { kind: 'failed'; error: unknown };

const TRIES = 3;
const BETWEEN = 2_000;
const LONGEST = 8_000;

/**
 * Check a member in. What is refused is an outcome like any other; without an answer, the same
 * attempt is repeated with the same key while the member waits.
 */
export function useCheckIn(api: Api) {
  const { mutate, data, error, isPending, failureCount, reset } = useMutation<Outcome, unknown, Attempt>({
    mutationFn: (attempt) => checkIn(api, attempt),
    retry: (failures) => failures < TRIES - 1,
    retryDelay: BETWEEN,
  });
  const outcome: Outcome | undefined = data ?? (error ? { kind: 'unanswered', error } : undefined);
  return { checkIn: mutate, outcome, isPending, isRepeated: isPending && failureCount > 0, reset };
}

/** Throws when there is no answer. */
async function checkIn(api: Api, attempt: Attempt): Promise<Outcome> {
  const { program_id, location_id, phone, device_id, key } = attempt;
  const body = {
    program_id,
    location_id,
    member: { phone, member_id: null },
    device_id,
    occurred_at: null,
    position: null,
  };
  const params = { header: { 'Idempotency-Key': key } };
  try {
    const signal = AbortSignal.timeout(LONGEST);
    const { next_check_in_at } = await dataOf(api.POST('/v1/check-ins', { params, body, signal }));
    return { kind: 'accepted', next: next_check_in_at };
  } catch (error) {
    if (!(error instanceof Refused)) return { kind: 'failed', error };
    if (isUnanswered(error)) throw error;
    return outcomeOf(error);
  }
}

/** Whether this refusal leaves open what has become of a request. */
export function isUnanswered({ code, status }: Refused): boolean {
  return code === 'unreachable' || status === 429 || status >= 500;
}

/** What a refusal means for whoever wants to check in. */
export function outcomeOf(refused: Refused): Outcome {
  const { code, fields, problem } = refused;
  if (code === 'too_soon') return { kind: 'too_soon', next: problem?.retry_at ?? null };
  if (code === 'outside_business_hours') return { kind: 'closed', opens: problem?.opens_at ?? null };
  if (code === 'account_blocked') return { kind: 'blocked', contact: problem?.contact ?? null };
  if (code === 'not_found' && refused.message.includes('member')) return { kind: 'not_enrolled' };
  if (code === 'invalid_request' && fields.some(({ field }) => field.startsWith('member'))) {
    return { kind: 'no_number' };
  }
  return { kind: 'failed', error: refused };
}

/** How a refused member can contact the shop; open to everyone. */
export function useContact(api: Api, programId: string, enabled = true) {
  return useQuery({
    queryKey: ['contact', programId],
    queryFn: () =>
      dataOf(api.GET('/v1/programs/{program_id}/contact', { params: { path: { program_id: programId } } })),
    enabled,
    staleTime: 60_000,
  });
}

/** Where the members of a program check in; open to everyone. */
export function usePlaces(api: Api, programId: string) {
  return useQuery({
    queryKey: ['places', programId],
    queryFn: async () => {
      const params = { path: { program_id: programId } };
      return (await dataOf(api.GET('/v1/programs/{program_id}/locations', { params }))).locations;
    },
    staleTime: 60_000,
  });
}
