import { amountOf, RULES } from '@/shared/words';

interface Labelled {
  /** What the setting is called where it stands alone, as in a difference. */
  label: string;
}
export interface Whole extends Labelled {
  kind: 'whole';
  low: number;
  high: number;
  /** The default; null where the setting may be left out. */
  fallback: number | null;
  /** One of what is counted; without it the number is a time of day, in full hours. */
  unit?: string;
}
export interface Choice extends Labelled {
  kind: 'choice';
  words: Record<string, string>;
  fallback: string;
}
export interface Switch extends Labelled {
  kind: 'switch';
  fallback: boolean;
}
export interface Text extends Labelled {
  kind: 'text' | 'clock' | 'zone' | 'email' | 'url';
  fallback: string | null;
}
export interface List extends Labelled {
  kind: 'list';
  fallback: string[];
}
export type Field = Whole | Choice | Switch | Text | List;

export const MODES = { off: 'off', shadow: 'shadow', on: 'on' };
export const FREQUENCIES = {
  every_flag: 'for every flag',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  off: 'never',
};
export const PLACES = { location: 'at the same location', position: 'in the same spot, by their phones' };

const mode = (rule: string, fallback: string): Choice => ({
  kind: 'choice',
  label: RULES[rule] ?? rule,
  words: MODES,
  fallback,
});
const limit = (rule: string, label: string, bounds: Omit<Whole, 'kind' | 'label'>): Whole => ({
  kind: 'whole',
  label: `${RULES[rule] ?? rule}, ${label}`,
  ...bounds,
});

/**
 * Every setting by its path in the document, with its default and its range. A test holds the table
 * against `openapi.json`.
 */
export const FIELDS = {
  'rules.visit_frequency.mode': mode('visit_frequency', 'on'),
  'rules.visit_frequency.limit': limit('visit_frequency', 'limit', {
    low: 2,
    high: 15,
    fallback: 5,
    unit: 'check-in',
  }),
  'rules.visit_frequency.window_days': limit('visit_frequency', 'within', {
    low: 1,
    high: 90,
    fallback: 7,
    unit: 'day',
  }),
  'rules.consecutive_check_ins.mode': mode('consecutive_check_ins', 'off'),
  'rules.consecutive_check_ins.limit': limit('consecutive_check_ins', 'limit', {
    low: 2,
    high: 10,
    fallback: 3,
    unit: 'check-in',
  }),
  'rules.back_to_back.mode': mode('back_to_back', 'off'),
  'rules.back_to_back.limit': limit('back_to_back', 'limit', {
    low: 2,
    high: 10,
    fallback: 2,
    unit: 'time',
  }),
  'rules.back_to_back.max_gap_minutes': limit('back_to_back', 'longest gap', {
    low: 1,
    high: 1440,
    fallback: 10,
    unit: 'minute',
  }),
  'rules.back_to_back.window_days': limit('back_to_back', 'within', {
    low: 1,
    high: 90,
    fallback: 30,
    unit: 'day',
  }),
  'rules.back_to_back.match_on': {
    kind: 'choice',
    label: 'Back-to-back check-ins, where',
    words: PLACES,
    fallback: 'location',
  },
  'rules.point_edits.mode': mode('point_edits', 'off'),
  'rules.point_edits.amount_limit': limit('point_edits', 'largest edit', {
    low: 1,
    high: 1_000_000,
    fallback: 500,
    unit: 'point',
  }),
  'rules.point_edits.count_limit': limit('point_edits', 'number of edits', {
    low: 2,
    high: 100,
    fallback: null,
    unit: 'edit',
  }),
  'rules.point_edits.window_days': limit('point_edits', 'within', {
    low: 1,
    high: 90,
    fallback: 7,
    unit: 'day',
  }),
  'rules.outside_hours.mode': mode('outside_hours', 'off'),
  'rules.outside_hours.override_open': {
    kind: 'clock',
    label: 'Hours where a location has none, opening',
    fallback: null,
  },
  'rules.outside_hours.override_close': {
    kind: 'clock',
    label: 'Hours where a location has none, closing',
    fallback: null,
  },
  automatically_suspend: { kind: 'switch', label: 'Automatically suspend', fallback: false },
  show_flags_on_members_page: { kind: 'switch', label: 'Show flags on the members page', fallback: true },
  'check_in.cooldown_minutes': {
    kind: 'whole',
    label: 'Cooldown between check-ins',
    low: 0,
    high: 1440,
    fallback: 60,
    unit: 'minute',
  },
  'notifications.frequency': {
    kind: 'choice',
    label: 'How often mails are sent',
    words: FREQUENCIES,
    fallback: 'daily',
  },
  'notifications.recipients': { kind: 'list', label: 'Recipients', fallback: [] },
  'notifications.time_zone': { kind: 'zone', label: 'Time zone of mails', fallback: 'UTC' },
  'notifications.hour': { kind: 'whole', label: 'Hour of mails', low: 0, high: 23, fallback: 8 },
  'contact_us.phone': { kind: 'text', label: 'Contact us, phone', fallback: null },
  'contact_us.email': { kind: 'email', label: 'Contact us, e-mail', fallback: null },
  'contact_us.url': { kind: 'url', label: 'Contact us, link', fallback: null },
  'gate.fail_open': {
    kind: 'switch',
    label: 'Let members log in when the login gate cannot tell',
    fallback: false,
  },
  'retention.history_days': {
    kind: 'whole',
    label: 'Attempts are kept for',
    low: 1,
    high: 3650,
    fallback: 400,
    unit: 'day',
  },
} as const satisfies Record<string, Field>;

export type Path = keyof typeof FIELDS;

/** The paths of the settings of one kind. */
export type PathOf<K extends Field['kind']> = {
  [P in Path]: (typeof FIELDS)[P]['kind'] extends K ? P : never;
}[Path];

export const PATHS = Object.keys(FIELDS) as Path[];

export function fieldAt(path: Path): Field {
  return FIELDS[path];
}

/** A number with what it counts, or a time of day: "1 day", "08:00". */
export function counted(number: number, { unit }: Whole): string {
  return unit === undefined ? `${String(number).padStart(2, '0')}:00` : amountOf(number, unit);
}

/** The default and the range of a number, for whoever changes it. */
export function rangeInWords(field: Whole): string {
  const range = `${field.low.toLocaleString('en')} to ${counted(field.high, field)}`;
  if (field.fallback === null) return `${range}, or empty (default)`;
  return `${range}, default ${field.fallback.toLocaleString('en')}`;
}
