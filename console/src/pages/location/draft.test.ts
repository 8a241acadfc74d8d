import { expect, test } from 'vitest';
import type { Location } from '@/api/locations';
import { copied, draftOf, isSame, locationOf, newDraft, problemsOf, type Draft } from './draft';
import { dayOf, USUAL_WEEK, WEEKDAYS } from './hours';

const LOCATION: Location = {
  location_id: 'l_1',
  name: 'Main Street',
  time_zone: 'America/New_York',
  position: { lat: 40.7128, lon: -74.006 },
  hours: {
    mon: [{ open: '09:00', close: '12:00' }],
    tue: [],
    wed: [],
    thu: [],
    fri: [{ open: '18:00', close: '02:00' }],
    sat: [{ open: '00:00', close: '24:00' }],
    sun: [],
  },
  exceptions: [
    { date: '2027-01-01', hours: [] },
    { date: '2027-12-24', hours: [{ open: '09:00', close: '13:00' }] },
  ],
};

const drafted = (change: Partial<Draft>): Draft => ({ ...draftOf(LOCATION), ...change });
const dated = (...dates: string[]) => dates.map((date) => ({ date, ...dayOf([]) }));

test('a location that is not edited is saved as it was', () => {
  expect({ location_id: 'l_1', ...locationOf(draftOf(LOCATION)) }).toEqual(LOCATION);
});

test('a location without hours has no exceptions, and gets the usual week when it is given hours', () => {
  const without = draftOf({ ...LOCATION, hours: null, exceptions: [] });
  expect(locationOf(without)).toMatchObject({ hours: null, exceptions: [] });
  expect(without.week).toEqual(USUAL_WEEK);
  expect(locationOf(drafted({ hasHours: false }))).toMatchObject({ hours: null, exceptions: [] });
});

test('without coordinates there is no position', () => {
  expect(locationOf(drafted({ lat: '', lon: ' ' })).position).toBeNull();
});

test.each<[Partial<Draft>, string, string]>([
  [{ name: ' ' }, 'name', 'Enter the name that your staff use.'],
  [{ name: 'x'.repeat(201) }, 'name', 'Use at most 200 characters.'],
  [{ zone: '' }, 'time_zone', 'Choose the time zone of the location.'],
  [{ lat: '91' }, 'position.lat', 'Enter degrees from -90 to 90, such as 40.7128.'],
  [{ lat: '' }, 'position.lat', 'Enter degrees from -90 to 90, such as 40.7128.'],
  [{ lon: '' }, 'position.lon', 'Enter degrees from -180 to 180, such as -74.006.'],
  [{ lon: '74° W' }, 'position.lon', 'Enter degrees from -180 to 180, such as -74.006.'],
  [{ exceptions: dated('2027-02-30') }, 'exceptions.0.date', 'Enter a date.'],
  [{ exceptions: dated('') }, 'exceptions.0.date', 'Enter a date.'],
  [{ exceptions: dated('2027-01-01', '2027-01-01') }, 'exceptions.1.date', 'This date is already listed.'],
  [
    { week: { ...USUAL_WEEK, tue: { kind: 'hours', spans: [{ open: '9', close: '9' }] } } },
    'hours.tue.0.close',
    'Close at another time than opening. For the whole day, choose “Open all day”.',
  ],
  [
    { exceptions: [{ date: '2027-01-01', kind: 'hours', spans: [{ open: '', close: '9' }] }] },
    'exceptions.0.hours.0.open',
    'Enter a time of day such as 09:00, from 00:00 to 24:00.',
  ],
])('%o is told at %s', (change, path, sentence) => {
  expect(problemsOf(drafted(change))).toEqual({ [path]: sentence });
});

test('what is in order has no problems; of hours that do not count none is told', () => {
  expect(problemsOf(draftOf(LOCATION))).toEqual({});
  expect(problemsOf(drafted({ hasHours: false, exceptions: dated('') }))).toEqual({});
  expect(Object.keys(problemsOf(newDraft()))).toEqual(['name']);
});

test('only what would be saved differently is a change', () => {
  expect(isSame(drafted({ name: ' Main Street ' }), draftOf(LOCATION))).toBe(true);
  expect(isSame(drafted({ name: 'Main' }), draftOf(LOCATION))).toBe(false);
});

test('the hours of a day can be those of others too', () => {
  const week = copied(drafted({}).week, 'fri', WEEKDAYS.slice(0, 3));
  expect([week.mon, week.tue, week.wed]).toEqual([week.fri, week.fri, week.fri]);
  expect(week.thu.kind).toBe('closed');
});
