import type { Summary } from '@/api/summary';

export type Rule = keyof Summary['by_rule'];
export type Precision = Summary['precision'][Rule];

const DAY = 86_400_000;
// More bars than this cannot be told apart on a phone.
const MOST_DAYS = 31;

/** The first of a number of days that end with the one at an instant, in a time zone. */
export function firstDay(days: number, now: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).format(new Date(now - (days - 1) * DAY));
}

/** Flags by day and rule as bars: one for a day, or for a week where there are many days. */
export function barsOf(byDay: Summary['by_day']): {
  days: string[];
  rules: { rule: Rule; flags: number[] }[];
} {
  const all = Object.keys(byDay).sort();
  const size = all.length > MOST_DAYS ? 7 : 1;
  // The last week is whole, so that it can be compared.
  const first = all.length % size;
  const starts = [...(first > 0 ? [0] : []), ...range(first, all.length, size)];
  const groups = starts.map((start, index) => all.slice(start, starts[index + 1] ?? all.length));
  const rules = (Object.keys(all[0] === undefined ? {} : (byDay[all[0]] ?? {})) as Rule[])
    .map((rule) => ({ rule, flags: groups.map((days) => sum(days.map((day) => byDay[day]?.[rule] ?? 0))) }))
    .filter(({ flags }) => sum(flags) > 0);
  return { days: groups.map(([day]) => day ?? ''), rules };
}

/** How much of what was decided turned out to be genuine; null while nothing was decided. */
export function genuineShare({ verified_share, resolved_share }: Precision): number | null {
  if (verified_share === null || resolved_share === null) return null;
  return verified_share + resolved_share;
}

const FEW = 5;

/** Whether most of what a rule flags is genuine, and enough was decided to say so. */
export function isNoisy(precision: Precision): boolean {
  return precision.decided >= FEW && (genuineShare(precision) ?? 0) >= 0.5;
}

/** The rules that have raised flags, those with the most genuine ones first. */
export function noisiestFirst(precision: Summary['precision']): ({ rule: Rule } & Precision)[] {
  return (Object.entries(precision) as [Rule, Precision][])
    .map(([rule, numbers]) => ({ rule, ...numbers }))
    .filter(({ raised }) => raised > 0)
    .sort((a, b) => (genuineShare(b) ?? -1) - (genuineShare(a) ?? -1) || b.raised - a.raised);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}
