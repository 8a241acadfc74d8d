import { expect, test } from 'vitest';
import {
  dayOf,
  isOvernight,
  problemsOfDay,
  spansOf,
  weekInWords,
  weekOf,
  weeklyHoursOf,
  type DayHours,
  type OpenSpan,
} from './hours';

const NINE_TO_FIVE = { open: '09:00', close: '17:00' };

function hours(...spans: [string, string][]): DayHours {
  return { kind: 'hours', spans: spans.map(([open, close]) => ({ open, close })) };
}

test.each<[OpenSpan[], DayHours['kind']]>([
  [[], 'closed'],
  [[{ open: '00:00', close: '24:00' }], 'all_day'],
  [[NINE_TO_FIVE], 'hours'],
  [[{ open: '18:00', close: '02:00' }, NINE_TO_FIVE], 'hours'],
])('%o is a day that is %s, and the same again when saved', (spans, kind) => {
  const day = dayOf(spans);
  expect(day.kind).toBe(kind);
  expect(spansOf(day)).toEqual(spans);
});

test('what is typed is saved as the API has it', () => {
  expect(spansOf(hours(['9', '5 pm']))).toEqual([NINE_TO_FIVE]);
});

test('hours that were typed do not count while another kind is chosen', () => {
  expect(spansOf({ ...hours(['9', '17']), kind: 'closed' })).toEqual([]);
  expect(problemsOfDay({ ...hours(['x', '17']), kind: 'closed' }, 'hours.mon')).toEqual({});
});

test('a day that is left out of a week is closed', () => {
  const saved = weeklyHoursOf(weekOf({ sat: [NINE_TO_FIVE] }));
  expect(saved).toEqual({ mon: [], tue: [], wed: [], thu: [], fri: [], sat: [NINE_TO_FIVE], sun: [] });
});

test.each([
  ['18:00', '02:00', true],
  ['18:00', '00:00', true],
  ['18:00', '24:00', false],
  ['9', '17', false],
  ['18:00', '', false],
])('%s to %s runs into the next day: %s', (open, close, expected) => {
  expect(isOvernight({ open, close })).toBe(expected);
});

test.each<[DayHours, Record<string, string>]>([
  [hours(['09:00', '12:00'], ['12:00', '18:00']), {}],
  [hours(['09:00', '17:00'], ['18:00', '02:00']), {}],
  [hours(['18:00', '02:00'], ['09:00', '17:00']), {}],
  [hours(['x', '12:00']), { 'day.0.open': 'Enter a time of day such as 09:00, from 00:00 to 24:00.' }],
  [hours(['09:00', '']), { 'day.0.close': 'Enter a time of day such as 09:00, from 00:00 to 24:00.' }],
  [hours(['24:00', '09:00']), { 'day.0.open': 'Open before midnight. 24:00 is for closing.' }],
  [
    hours(['09:00', '9']),
    { 'day.0.close': 'Close at another time than opening. For the whole day, choose “Open all day”.' },
  ],
  [
    hours(['09:00', '13:00'], ['12:59', '18:00']),
    { 'day.1.open': 'These hours overlap with 09:00 to 13:00. Join them.' },
  ],
  [
    hours(['18:00', '02:00'], ['17:00', '19:00']),
    { 'day.1.open': 'These hours overlap with 18:00 to 02:00. Join them.' },
  ],
  [
    hours(['18:00', '02:00'], ['20:00', '01:00']),
    { 'day.1.open': 'These hours overlap with 18:00 to 02:00. Join them.' },
  ],
])('%o has the problems %o', (day, problems) => {
  expect(problemsOfDay(day, 'day')).toEqual(problems);
});

test.each([
  [null, 'No hours of its own'],
  [{}, 'Every day closed'],
  [{ mon: [NINE_TO_FIVE], tue: [NINE_TO_FIVE] }, 'Mon, Tue 09:00–17:00; Wed–Sun closed'],
  [
    { mon: [{ open: '00:00', close: '24:00' }], sun: [NINE_TO_FIVE, { open: '20:00', close: '02:00' }] },
    'Mon all day; Tue–Sat closed; Sun 09:00–17:00, 20:00–02:00',
  ],
])('%o in words is "%s"', (week, words) => {
  expect(weekInWords(week)).toBe(words);
});
