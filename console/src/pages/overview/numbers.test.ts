import { expect, test } from 'vitest';
import type { Schemas } from '@/api/client';
import type { Summary } from '@/api/summary';
import { RULES } from '@/generated/vocabularies';
import { barsOf, firstDay, isNoisy, noisiestFirst, type Precision } from './numbers';

type Rule = Schemas['Rule'];

function forEveryRule<T>(value: T): Record<Rule, T> {
  return Object.fromEntries(Object.keys(RULES).map((rule) => [rule, value])) as Record<Rule, T>;
}

const NONE = forEveryRule(0);

function days(count: number): Summary['by_day'] {
  const start = Date.parse('2027-01-01');
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      new Date(start + index * 86_400_000).toISOString().slice(0, 10),
      { ...NONE, back_to_back: 1, manual: index === 0 ? 2 : 0 },
    ]),
  );
}

function precision(raised: number, decided: number, verified: number): Precision {
  const share = (of: number) => (decided === 0 ? null : of / decided);
  return { raised, decided, verified_share: share(verified), resolved_share: share(0) } as Precision;
}

test('days are those of the viewer, today included', () => {
  const now = Date.parse('2027-03-14T03:30:00Z');
  expect(firstDay(1, now, 'UTC')).toBe('2027-03-14');
  expect(firstDay(7, now, 'America/New_York')).toBe('2027-03-07');
});

test('a month has a bar for each day, and only rules with flags', () => {
  const bars = barsOf(days(30));
  expect(bars.days).toHaveLength(30);
  expect(bars.rules.map(({ rule, flags }) => [rule, flags[0], flags[29]])).toEqual([
    ['back_to_back', 1, 1],
    ['manual', 2, 0],
  ]);
});

test('more days are put together to weeks, of which the last is whole', () => {
  const bars = barsOf(days(90));
  expect(bars.days.slice(0, 2)).toEqual(['2027-01-01', '2027-01-07']);
  expect(bars.rules[0]?.flags).toEqual([6, ...Array<number>(12).fill(7)]);
});

test('without days there are no bars', () => {
  expect(barsOf({})).toEqual({ days: [], rules: [] });
});

test('noisy is a rule of which most flags are genuine, once enough are decided', () => {
  expect(isNoisy(precision(9, 6, 3))).toBe(true);
  expect(isNoisy(precision(9, 6, 2))).toBe(false);
  expect(isNoisy(precision(9, 4, 4))).toBe(false);
  expect(isNoisy(precision(9, 0, 0))).toBe(false);
});

test('the noisiest rules come first, undecided ones last, silent ones not at all', () => {
  const all = {
    ...forEveryRule(precision(0, 0, 0)),
    visit_frequency: precision(3, 2, 0),
    consecutive_check_ins: precision(8, 8, 6),
    back_to_back: precision(5, 0, 0),
    point_edits: precision(7, 0, 0),
    manual: precision(1, 1, 1),
  };
  expect(noisiestFirst(all).map(({ rule }) => rule)).toEqual([
    'manual',
    'consecutive_check_ins',
    'visit_frequency',
    'point_edits',
    'back_to_back',
  ]);
});
