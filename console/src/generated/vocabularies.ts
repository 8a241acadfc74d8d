// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import type { components } from '@/api/schema';

export const RULES: Readonly<Record<components['schemas']['Rule'], string>> = {
  visit_frequency: 'Many check-ins',
  consecutive_check_ins: 'Check-ins in a row',
  back_to_back: 'Back-to-back check-ins',
  point_edits: 'Point edits',
  outside_hours: 'Outside opening hours',
  manual: 'Flagged by staff',
};
export const FLAG_STATUSES: Readonly<Record<components['schemas']['FlagStatus'], string>> = {
  open: 'Open',
  confirmed: 'Confirmed',
  verified: 'Verified',
  resolved: 'Resolved',
  overturned: 'Overturned',
};
export const ACCESS: Readonly<Record<components['schemas']['Access'], string>> = {
  active: 'Active',
  suspended: 'Suspended by a rule',
  blocked: 'Blocked by staff',
};
export const MEMBERSHIPS: Readonly<Record<components['schemas']['Membership'], string>> = {
  active: 'Active',
  cancelled: 'Cancelled',
};
export const OUTCOMES: Readonly<Record<components['schemas']['Outcome'], string>> = {
  accepted: 'Accepted',
  account_blocked: 'Refused: no access',
  outside_business_hours: 'Refused: closed',
  too_soon: 'Refused: too soon',
};
export const EVENTS = {
  enrol: 'Enrolled',
  flag: 'Flagged by staff',
  red_flag: 'Red flag',
  suspend: 'Suspended',
  verify: 'Verified',
  resolve: 'Resolved',
  block: 'Blocked',
  unblock: 'Unblocked',
  cancel_membership: 'Membership cancelled',
  edit_points: 'Points edited',
  link: 'App account linked',
  platform_block: 'Blocked by platform support',
  platform_unblock: 'Platform block lifted',
  reveal_phone: 'Phone number shown',
  export: 'Data exported',
};
