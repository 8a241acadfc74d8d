import type { NewConsoleUser } from '@/api/people';

export type StaffRole = NewConsoleUser['role'];

interface RoleInWords {
  value: StaffRole;
  label: string;
  /** What the role may do, beyond the ones before it. */
  may: string;
}

/** The roles at the console, from the one that may least. */
export const ROLES: RoleInWords[] = [
  { value: 'viewer', label: 'Viewer', may: 'Sees members, flags, reports and settings. Changes nothing.' },
  {
    value: 'staff',
    label: 'Staff',
    may: 'Also enrols members, edits points, and flags members by hand.',
  },
  {
    value: 'manager',
    label: 'Manager',
    may: 'Also decides: verifies, resolves, blocks, unblocks, cancels memberships. Exports reports.',
  },
  {
    value: 'owner',
    label: 'Owner',
    may: 'Also changes settings, locations, staff and app clients, reads the audit log, and erases members.',
  },
];

/** A role as it is called, with what it may do. */
export function roleInWords(role: string): { label: string; may: string } {
  return ROLES.find(({ value }) => value === role) ?? { label: role, may: '' };
}
