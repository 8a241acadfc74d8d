import type { NewConsoleUser } from '@/api/people';
import { STAFF_ROLES } from '@/generated/roles';

export type StaffRole = NewConsoleUser['role'];

/** The roles at the console, from the one that may least. */
export const ROLES = Object.entries(STAFF_ROLES).map(([value, { title, about }]) => ({
  value: value as StaffRole,
  label: title,
  may: about,
}));

/** A role as it is called, with what it may do beyond the ones before it. */
export function roleInWords(role: string): { label: string; may: string } {
  return ROLES.find(({ value }) => value === role) ?? { label: role, may: '' };
}
