import type { AppClientBody } from '@/api/app-clients';
import { CLIENT_KINDS } from '@/generated/roles';

export type ClientKind = AppClientBody['kind'];

/** What a client of the app API can be, and what that may do. */
export const KINDS = Object.entries(CLIENT_KINDS).map(([value, { title, about }]) => ({
  value: value as ClientKind,
  label: title,
  may: about,
}));

/** What a kind of client is called. */
export function kindInWords(kind: string): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}
