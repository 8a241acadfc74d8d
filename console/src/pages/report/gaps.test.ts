import { expect, test } from 'vitest';
import { gapInWords, timesInWords } from './gaps';

const gap = (shortest: number, longest: number) =>
  gapInWords({ shortest_gap_seconds: shortest, longest_gap_seconds: longest });

test('gaps that differ are told as a range', () => {
  expect(gap(30, 245)).toBe('30 s to 4 min 5 s');
});

test('gaps that are equal to a second are told once', () => {
  expect(gap(60.001, 60.9)).toBe('1 min');
  expect(gap(0, 0)).toBe('0 s');
});

test.each([
  [1, 'once'],
  [2, 'twice'],
  [3, '3 times'],
])('%i is "%s"', (times, words) => {
  expect(timesInWords(times)).toBe(words);
});
