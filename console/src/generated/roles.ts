// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import type { components } from '@/api/schema';

export const STAFF_ROLES: Readonly<
  Record<components['schemas']['StaffRole'], { title: string; about: string }>
> = {
  viewer: { title: 'Viewer', about: 'Sees members, flags, reports and settings. Changes nothing.' },
  staff: { title: 'Staff', about: 'Also enrols members, edits points, and flags members by hand.' },
  manager: {
    title: 'Manager',
    about: 'Also decides: verifies, resolves, blocks, unblocks, cancels memberships. Exports reports.',
  },
  owner: {
    title: 'Owner',
    about:
      'Also changes settings, locations, staff and app clients, reads the audit log, and erases members.',
  },
};
export const CLIENT_KINDS: Readonly<
  Record<components['schemas']['ClientKind'], { title: string; about: string }>
> = {
  kiosk: {
    title: 'Kiosk',
    about: 'A device in a shop: checks members in, asks whether they may log in, and enrols them.',
  },
  backend: { title: 'Backend', about: 'Your own server: does what a kiosk does, and edits points.' },
  importer: {
    title: 'Import',
    about: 'Imports past check-ins: does what a kiosk does, for any time in the past.',
  },
  app: {
    title: 'Members’ app',
    about: 'The app in which members sign in themselves. It has no secret and can do nothing on its own.',
  },
};
