/** What the API's words are called on pages. Sentences say what was seen, never what somebody is. */
export const RULES: Record<string, string> = {
  visit_frequency: 'Many check-ins',
  consecutive_check_ins: 'Check-ins in a row',
  back_to_back: 'Back-to-back check-ins',
  point_edits: 'Point edits',
  outside_hours: 'Outside opening hours',
  manual: 'Flagged by staff',
};

export const FLAG_STATUSES: Record<string, string> = {
  open: 'Open',
  verified: 'Verified',
  resolved: 'Resolved',
  confirmed: 'Confirmed',
  overturned: 'Overturned',
};

export const ACCESS: Record<string, string> = {
  active: 'Active',
  suspended: 'Suspended by a rule',
  blocked: 'Blocked by staff',
};

export const OUTCOMES: Record<string, string> = {
  accepted: 'Accepted',
  account_blocked: 'Refused: no access',
  outside_business_hours: 'Refused: closed',
  too_soon: 'Refused: too soon',
};

/** A word of the API as people read it; one that is not known yet is shown as it is. */
export function inWords(words: Record<string, string>, word: string): string {
  return words[word] ?? word.replaceAll('_', ' ');
}

/** A number with what it counts: "1 day", "1,000 points". */
export function amountOf(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`;
}

export const MEMBERSHIPS: Record<string, string> = { active: 'Active', cancelled: 'Cancelled', none: '–' };

/** What happened to a member, as the timeline has it. */
export const EVENTS: Record<string, string> = {
  enrol: 'Enrolled',
  flag: 'Flagged by staff',
  suspend: 'Suspended',
  verify: 'Verified',
  resolve: 'Resolved',
  block: 'Blocked',
  unblock: 'Unblocked',
  cancel_membership: 'Membership cancelled',
  edit_points: 'Points edited',
  link: 'App account linked',
  reveal_phone: 'Phone number shown',
  export: 'Data exported',
};

export function eventInWords(what: string): string {
  const [event, rule] = what.split(':');
  return rule === undefined
    ? inWords(EVENTS, what)
    : `${event === 'flag' ? 'Red flag' : what}: ${inWords(RULES, rule)}`;
}
