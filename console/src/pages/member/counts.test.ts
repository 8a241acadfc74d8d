import { expect, test } from 'vitest';
import type { Flag } from '@/api/members';
import { formOf } from '@/pages/settings/form';
import type { SettingsDocument } from '@/api/settings';
import { countsOf, inARow, inWindow, isCounted, othersIn } from './counts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.parse('2027-03-01T12:00:00.000Z');
const DEFAULTS = formOf({} as SettingsDocument);

function at(...offsets: number[]): Date[] {
  return offsets.map((offset) => new Date(START + offset));
}

function numbers(counts: { count: number }[]): number[] {
  return counts.map(({ count }) => count);
}

function flag(rule: string, occurrences: Record<string, unknown>[], value = 5, limit = 5): Flag {
  return { rule, member_id: 'm_1', evidence: { value, limit, occurrences } } as unknown as Flag;
}

test('a window holds what happened after its beginning, up to its end', () => {
  expect(numbers(inWindow(at(0, DAY, 7 * DAY - 1), 7))).toEqual([1, 2, 3]);
  expect(numbers(inWindow(at(0, DAY, 7 * DAY), 7))).toEqual([1, 2, 2]);
});

test('evidence is newest first, and counted in the order of time', () => {
  expect(inWindow(at(2 * DAY, DAY, 0), 7)).toEqual([
    { at: new Date(START), count: 1 },
    { at: new Date(START + DAY), count: 2 },
    { at: new Date(START + 2 * DAY), count: 3 },
  ]);
});

test.each([
  [60 * MINUTE - 1, 1],
  [60 * MINUTE, 2],
  [120 * MINUTE - 1, 2],
  [120 * MINUTE, 1],
])('after %i ms a run is %i long', (gap, length) => {
  expect(numbers(inARow(at(0, gap), 60))).toEqual([1, length]);
});

test('without a cooldown nothing is in a row', () => {
  expect(numbers(inARow(at(0, 0, 1), 0))).toEqual([1, 1, 1]);
});

test('check-ins are counted in the window of the settings by which the flag was raised', () => {
  const occurrences = [9, 1, 0].map((day) => ({
    checked_in_at: new Date(START + day * DAY).toISOString(),
  }));
  const settings = formOf({
    rules: { visit_frequency: { mode: 'on', limit: 2, window_days: 10 } },
  } as unknown as SettingsDocument);
  const seven = countsOf(flag('visit_frequency', occurrences), DEFAULTS, new Map());
  const ten = countsOf(flag('visit_frequency', occurrences), settings, new Map());
  expect([seven.what, numbers(seven.series[0]?.counts ?? [])]).toEqual(['Check-ins in 7 days', [1, 2, 1]]);
  expect([ten.what, numbers(ten.series[0]?.counts ?? [])]).toEqual(['Check-ins in 10 days', [1, 2, 3]]);
});

test('pairs are counted by the other member, when the later of the two came', () => {
  const pair = (first: string, second: string, minute: number) => ({
    first_member_id: first,
    second_member_id: second,
    first_at: new Date(START + minute * MINUTE).toISOString(),
    second_at: new Date(START + (minute + 1) * MINUTE).toISOString(),
  });
  const both = flag('back_to_back', [
    pair('m_2', 'm_1', 30),
    pair('m_1', 'm_2', 20),
    pair('m_1', 'm_3', 10),
    pair('m_3', 'm_1', 0),
  ]);
  expect(othersIn(both)).toEqual(['m_2', 'm_3']);
  const counts = countsOf(both, DEFAULTS, new Map([['m_2', 'Ben']]));
  expect(counts.what).toBe('Times in 30 days');
  expect(counts.series).toEqual([
    {
      title: 'With Ben',
      counts: [20, 30].map((m, i) => ({ at: new Date(START + (m + 1) * MINUTE), count: i + 1 })),
    },
    {
      title: 'With m_3',
      counts: [0, 10].map((m, i) => ({ at: new Date(START + (m + 1) * MINUTE), count: i + 1 })),
    },
  ]);
});

const edits = (...deltas: number[]) =>
  deltas.map((delta, day) => ({ edited_at: new Date(START + day * DAY).toISOString(), delta }));

test('an edit that was too much is shown by its amount, whichever its sign', () => {
  const { kind, series } = countsOf(flag('point_edits', edits(20, -600), 600, 500), DEFAULTS, new Map());
  expect([kind, numbers(series[0]?.counts ?? [])]).toEqual(['bar', [20, -600]]);
});

test('edits that were too many are counted', () => {
  const { kind, what, series } = countsOf(flag('point_edits', edits(20, 10, -5), 3, 3), DEFAULTS, new Map());
  expect([kind, what, numbers(series[0]?.counts ?? [])]).toEqual([
    'line',
    'Point edits in 7 days',
    [1, 2, 3],
  ]);
});

test('what no rule counts is not drawn', () => {
  const occurrence = { checked_in_at: '2027-03-01T12:00:00.000Z' };
  expect(isCounted(flag('visit_frequency', [occurrence]))).toBe(true);
  expect(isCounted(flag('visit_frequency', []))).toBe(false);
  expect(isCounted(flag('outside_hours', [occurrence]))).toBe(false);
  expect(isCounted(flag('manual', [{ flagged_at: 'x' }]))).toBe(false);
});
