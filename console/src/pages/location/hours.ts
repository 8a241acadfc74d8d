import type { Schemas } from '@/api/client';
import { clockOf, isClock } from '@/shared/clock';

export type WeeklyHours = Schemas['WeeklyHours'];
export type OpenSpan = Schemas['OpenSpan'];
export type HoursException = Schemas['HoursException'];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const MOST_SPANS = 10;

/** The hours of a day as a form holds them: times as they are typed. */
export interface DayHours {
  kind: 'closed' | 'all_day' | 'hours';
  /** What counts with `hours`; kept while another kind is chosen. */
  spans: OpenSpan[];
}

export interface DatedHours extends DayHours {
  date: string;
}

export type Week = Record<Weekday, DayHours>;

/** What a day has first when it is given hours. */
export const USUAL: OpenSpan = { open: '09:00', close: '17:00' };

export function dayOf(spans: OpenSpan[]): DayHours {
  if (spans.length === 0) return { kind: 'closed', spans: [] };
  const [only] = spans;
  const allDay = spans.length === 1 && only?.open === '00:00' && only.close === '24:00';
  return allDay ? { kind: 'all_day', spans: [] } : { kind: 'hours', spans };
}

export function spansOf({ kind, spans }: DayHours): OpenSpan[] {
  if (kind === 'closed') return [];
  if (kind === 'all_day') return [{ open: '00:00', close: '24:00' }];
  return spans.map(({ open, close }) => ({ open: clockOf(open), close: clockOf(close) }));
}

/** A day left out of weekly hours is closed. */
export function weekOf(hours: Partial<WeeklyHours>): Week {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, dayOf(hours[day] ?? [])])) as Week;
}

export function weeklyHoursOf(week: Week): WeeklyHours {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, spansOf(week[day])])) as unknown as WeeklyHours;
}

/** What a new location, or one that is given hours, begins with. */
export const USUAL_WEEK: Week = weekOf(Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [USUAL]])));

/** Whether a span runs into the day after the one on which it opens. */
export function isOvernight({ open, close }: OpenSpan): boolean {
  return isClock(open) && isClock(close) && clockOf(close) < clockOf(open);
}

/** What is wrong with the hours of a day, at the paths of its times: `under.0.open`. */
export function problemsOfDay(day: DayHours, under: string): Record<string, string> {
  if (day.kind !== 'hours') return {};
  const problems: Record<string, string> = {};
  day.spans.forEach((span, index) => {
    const [end, sentence] = problemOfSpan(span) ?? overlapOf(day.spans, index) ?? [];
    if (end !== undefined && sentence !== undefined) problems[`${under}.${index}.${end}`] = sentence;
  });
  return problems;
}

type Wrong = ['open' | 'close', string];

function problemOfSpan({ open, close }: OpenSpan): Wrong | null {
  const sentence = 'Enter a time of day such as 09:00, from 00:00 to 24:00.';
  if (!isClock(open)) return ['open', sentence];
  if (!isClock(close)) return ['close', sentence];
  if (clockOf(open) === '24:00') return ['open', 'Open before midnight. 24:00 is for closing.'];
  if (clockOf(open) === clockOf(close)) {
    return ['close', 'Close at another time than opening. For the whole day, choose “Open all day”.'];
  }
  return null;
}

function overlapOf(spans: OpenSpan[], index: number): Wrong | null {
  const span = spans[index];
  if (!span) return null;
  const clash = spans
    .slice(0, index)
    .find(
      (before) =>
        problemOfSpan(before) === null && startsBeforeEnd(span, before) && startsBeforeEnd(before, span),
    );
  return clash
    ? ['open', `These hours overlap with ${clockOf(clash.open)} to ${clockOf(clash.close)}. Join them.`]
    : null;
}

function startsBeforeEnd(one: OpenSpan, other: OpenSpan): boolean {
  return clockOf(one.open) < clockOf(other.close) || isOvernight(other);
}

/** The hours of a day in words: "09:00–12:00, 14:00–18:00". */
export function dayInWords(spans: OpenSpan[]): string {
  const { kind } = dayOf(spans);
  if (kind === 'closed') return 'closed';
  if (kind === 'all_day') return 'all day';
  return spans.map(({ open, close }) => `${open}–${close}`).join(', ');
}

/** Weekly hours in words, days with the same hours together: "Mon–Fri 09:00–17:00; Sat, Sun closed". */
export function weekInWords(hours: Partial<WeeklyHours> | null): string {
  if (hours === null) return 'No hours of its own';
  const words = WEEKDAYS.map((day) => dayInWords(hours[day] ?? []));
  if (new Set(words).size === 1) return `Every day ${words[0]}`;
  const runs: { first: number; last: number; what: string }[] = [];
  words.forEach((what, index) => {
    const run = runs.at(-1);
    if (run?.what === what) run.last = index;
    else runs.push({ first: index, last: index, what });
  });
  return runs.map(({ first, last, what }) => `${span(first, last)} ${what}`).join('; ');
}

function span(first: number, last: number): string {
  const short = (index: number) => DAY_NAMES[WEEKDAYS[index] ?? 'mon'].slice(0, 3);
  if (first === last) return short(first);
  return last === first + 1 ? `${short(first)}, ${short(last)}` : `${short(first)}–${short(last)}`;
}
