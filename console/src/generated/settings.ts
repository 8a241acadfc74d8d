// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import type { components } from '@/api/schema';
import type { Field } from '@/pages/settings/field';

export const FIELDS = {
  'rules.visit_frequency.mode': {
    kind: 'choice',
    label: 'Many check-ins',
    fallback: 'on',
    words: { off: 'off', shadow: 'shadow', on: 'on' },
  },
  'rules.visit_frequency.limit': {
    kind: 'whole',
    label: 'Many check-ins, limit',
    fallback: 5,
    low: 2,
    high: 15,
    unit: 'check-in',
  },
  'rules.visit_frequency.window_days': {
    kind: 'whole',
    label: 'Many check-ins, within',
    fallback: 7,
    low: 1,
    high: 90,
    unit: 'day',
  },
  'rules.consecutive_check_ins.mode': {
    kind: 'choice',
    label: 'Check-ins in a row',
    fallback: 'off',
    words: { off: 'off', shadow: 'shadow', on: 'on' },
  },
  'rules.consecutive_check_ins.limit': {
    kind: 'whole',
    label: 'Check-ins in a row, limit',
    fallback: 3,
    low: 2,
    high: 10,
    unit: 'check-in',
  },
  'rules.back_to_back.mode': {
    kind: 'choice',
    label: 'Back-to-back check-ins',
    fallback: 'off',
    words: { off: 'off', shadow: 'shadow', on: 'on' },
  },
  'rules.back_to_back.limit': {
    kind: 'whole',
    label: 'Back-to-back check-ins, limit',
    fallback: 2,
    low: 2,
    high: 10,
    unit: 'time',
  },
  'rules.back_to_back.max_gap_minutes': {
    kind: 'whole',
    label: 'Back-to-back check-ins, longest gap',
    fallback: 10,
    low: 1,
    high: 1440,
    unit: 'minute',
  },
  'rules.back_to_back.window_days': {
    kind: 'whole',
    label: 'Back-to-back check-ins, within',
    fallback: 30,
    low: 1,
    high: 90,
    unit: 'day',
  },
  'rules.back_to_back.match_on': {
    kind: 'choice',
    label: 'Back-to-back check-ins, where',
    fallback: 'location',
    words: { location: 'at the same location', position: 'in the same spot, by their phones' },
  },
  'rules.point_edits.mode': {
    kind: 'choice',
    label: 'Point edits',
    fallback: 'off',
    words: { off: 'off', shadow: 'shadow', on: 'on' },
  },
  'rules.point_edits.amount_limit': {
    kind: 'whole',
    label: 'Point edits, largest edit',
    fallback: 500,
    low: 1,
    high: 1000000,
    unit: 'point',
  },
  'rules.point_edits.count_limit': {
    kind: 'whole',
    label: 'Point edits, number of edits',
    fallback: null,
    low: 2,
    high: 100,
    unit: 'edit',
  },
  'rules.point_edits.window_days': {
    kind: 'whole',
    label: 'Point edits, within',
    fallback: 7,
    low: 1,
    high: 90,
    unit: 'day',
  },
  'rules.outside_hours.mode': {
    kind: 'choice',
    label: 'Outside opening hours',
    fallback: 'off',
    words: { off: 'off', shadow: 'shadow', on: 'on' },
  },
  'rules.outside_hours.override_open': {
    kind: 'clock',
    label: 'Outside opening hours, opening where a location has no hours',
    fallback: null,
  },
  'rules.outside_hours.override_close': {
    kind: 'clock',
    label: 'Outside opening hours, closing where a location has no hours',
    fallback: null,
  },
  'check_in.cooldown_minutes': {
    kind: 'whole',
    label: 'Cooldown between check-ins',
    fallback: 60,
    low: 0,
    high: 1440,
    unit: 'minute',
  },
  automatically_suspend: { kind: 'switch', label: 'Automatically suspend', fallback: false },
  show_flags_on_members_page: { kind: 'switch', label: 'Show flags on the members page', fallback: true },
  'notifications.frequency': {
    kind: 'choice',
    label: 'How often mails are sent',
    fallback: 'daily',
    words: {
      every_flag: 'for every flag',
      daily: 'daily',
      weekly: 'weekly',
      monthly: 'monthly',
      off: 'never',
    },
  },
  'notifications.recipients': { kind: 'list', label: 'Recipients', fallback: [] },
  'notifications.time_zone': { kind: 'zone', label: 'Time zone of mails', fallback: 'UTC' },
  'notifications.hour': { kind: 'whole', label: 'Hour of mails', fallback: 8, low: 0, high: 23 },
  'contact_us.phone': { kind: 'text', label: 'Contact us, phone', fallback: null },
  'contact_us.email': { kind: 'email', label: 'Contact us, e-mail', fallback: null },
  'contact_us.url': { kind: 'url', label: 'Contact us, link', fallback: null },
  'gate.fail_open': {
    kind: 'switch',
    label: 'Let members log in when the login gate cannot read its data',
    fallback: false,
  },
  'retention.history_days': {
    kind: 'whole',
    label: 'Attempts are kept for',
    fallback: 400,
    low: 1,
    high: 3650,
    unit: 'day',
  },
} as const satisfies Record<string, Field>;
export const MODES: Readonly<Record<components['schemas']['Mode'], { title: string; about: string }>> = {
  off: { title: 'Off', about: 'The rule is not evaluated.' },
  shadow: {
    title: 'Shadow',
    about:
      'Findings are recorded, to see what the rule would do. No member is flagged and no one is notified.',
  },
  on: { title: 'On', about: 'Members are flagged for you to review.' },
};
export const FREQUENCIES: Readonly<
  Record<components['schemas']['Frequency'], { title: string; about: string }>
> = {
  every_flag: { title: 'For every flag', about: 'As soon as it is raised.' },
  daily: { title: 'Daily', about: 'Every day at the hour below.' },
  weekly: { title: 'Weekly', about: 'On Mondays.' },
  monthly: { title: 'Monthly', about: 'On the first of the month.' },
  off: { title: 'Never', about: 'No e-mail is sent; flags stay in the queue.' },
};
