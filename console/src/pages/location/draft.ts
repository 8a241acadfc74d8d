import type { LocationDocument } from '@/api/location-changes';
import type { Location } from '@/api/locations';
import { viewersZone } from '@/shared/instants';
import {
  dayOf,
  problemsOfDay,
  spansOf,
  USUAL_WEEK,
  WEEKDAYS,
  weekOf,
  weeklyHoursOf,
  type DatedHours,
  type Week,
} from './hours';

/** A location as a form holds it. */
export interface Draft {
  name: string;
  zone: string;
  lat: string;
  lon: string;
  /** Whether the location has hours of its own; without them it has no exceptions either. */
  hasHours: boolean;
  week: Week;
  exceptions: DatedHours[];
}

export type Problems = Readonly<Record<string, string>>;

export function newDraft(): Draft {
  return {
    name: '',
    zone: viewersZone(),
    lat: '',
    lon: '',
    hasHours: true,
    week: USUAL_WEEK,
    exceptions: [],
  };
}

export function draftOf(location: Location): Draft {
  const { name, time_zone: zone, position, hours, exceptions } = location;
  return {
    name,
    zone,
    lat: position === null ? '' : String(position.lat),
    lon: position === null ? '' : String(position.lon),
    hasHours: hours !== null,
    week: hours === null ? USUAL_WEEK : weekOf(hours),
    exceptions: exceptions.map((each) => ({ date: each.date, ...dayOf(each.hours) })),
  };
}

export function locationOf(draft: Draft): LocationDocument {
  return {
    name: draft.name.trim(),
    time_zone: draft.zone,
    position: draft.lat.trim() === '' ? null : { lat: Number(draft.lat), lon: Number(draft.lon) },
    hours: draft.hasHours ? weeklyHoursOf(draft.week) : null,
    exceptions: draft.hasHours
      ? draft.exceptions.map((each) => ({ date: each.date, hours: spansOf(each) }))
      : [],
  };
}

/** What has to be put right before saving, at the paths by which the API names fields. */
export function problemsOf(draft: Draft): Problems {
  return {
    ...problemsOfPlace(draft),
    ...(draft.hasHours ? problemsOfHours(draft) : {}),
  };
}

function problemsOfPlace({ name, zone, lat, lon }: Draft): Problems {
  const problems: Record<string, string> = {};
  if (name.trim() === '') problems.name = 'Enter the name that your staff use.';
  else if (name.trim().length > 200) problems.name = 'Use at most 200 characters.';
  if (zone === '') problems.time_zone = 'Choose the time zone of the location.';
  if (lat.trim() === '' && lon.trim() === '') return problems;
  if (!isWithin(lat, 90)) problems['position.lat'] = 'Enter degrees from -90 to 90, such as 40.7128.';
  if (!isWithin(lon, 180)) problems['position.lon'] = 'Enter degrees from -180 to 180, such as -74.006.';
  return problems;
}

function isWithin(typed: string, most: number): boolean {
  return /^-?\d+(\.\d+)?$/.test(typed.trim()) && Math.abs(Number(typed)) <= most;
}

function problemsOfHours({ week, exceptions }: Draft): Problems {
  const problems: Record<string, string> = {};
  for (const day of WEEKDAYS) Object.assign(problems, problemsOfDay(week[day], `hours.${day}`));
  exceptions.forEach((each, index) => {
    Object.assign(problems, problemsOfDay(each, `exceptions.${index}.hours`));
    const sentence = problemOfDate(each.date, exceptions.slice(0, index));
    if (sentence !== null) problems[`exceptions.${index}.date`] = sentence;
  });
  return problems;
}

function problemOfDate(date: string, before: DatedHours[]): string | null {
  if (!isDate(date)) return 'Enter a date.';
  return before.some((each) => each.date === date) ? 'This date is already listed.' : null;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** Whether two drafts would be saved as the same location. */
export function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(locationOf(one)) === JSON.stringify(locationOf(other));
}

/** The hours of one day for others too. */
export function copied(
  week: Week,
  from: (typeof WEEKDAYS)[number],
  to: readonly (typeof WEEKDAYS)[number][],
): Week {
  return { ...week, ...Object.fromEntries(to.map((day) => [day, week[from]])) };
}
