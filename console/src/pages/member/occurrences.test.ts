import { expect, test } from 'vitest';
import { minutesBetween, readOccurrences } from './occurrences';

test('occurrences are told apart by what they are about', () => {
  const found = readOccurrences([
    { id: 'a', checked_in_at: 'x' },
    { id: 'b', first_at: 'x' },
    { id: 'c', edited_at: 'x' },
    { id: 'd', flagged_at: 'x' },
  ]);
  expect([found.checkIns.length, found.pairs.length, found.edits.length]).toEqual([1, 1, 1]);
});

test.each([
  ['2027-01-01T00:03:00Z', '3 min'],
  ['2027-01-01T00:01:20Z', '1 min 20 s'],
  ['2026-12-31T23:59:55Z', '5 s'],
  ['2027-01-01T00:00:00Z', '0 s'],
])('a gap to %s is %s', (second, words) => {
  expect(minutesBetween('2027-01-01T00:00:00Z', second)).toBe(words);
});
