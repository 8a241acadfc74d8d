import type { AppClientBody } from '@/api/app-clients';

export type ClientKind = AppClientBody['kind'];

/** What a client of the app API can be, and what that may do. */
export const KINDS: { value: ClientKind; label: string; may: string }[] = [
  {
    value: 'kiosk',
    label: 'Kiosk',
    may: 'A device in a shop: checks members in, asks whether they may log in, and enrols them.',
  },
  {
    value: 'backend',
    label: 'Backend',
    may: 'Your own server: does what a kiosk does, and edits points.',
  },
  {
    value: 'importer',
    label: 'Import',
    may: 'Imports past check-ins: does what a kiosk does, for any time in the past.',
  },
  {
    value: 'app',
    label: 'Members’ app',
    may: 'The app in which members sign in themselves. It has no secret and can do nothing on its own.',
  },
];

/** What a kind of client is called. */
export function kindInWords(kind: string): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}
