import { expect, test } from 'vitest';
import { clock, spanInWords } from './durations';

test.each([
  [0, '0 s'],
  [0.9, '0 s'],
  [59.999, '59 s'],
  [60, '1 min'],
  [245.5, '4 min 5 s'],
  [3_600, '1 h'],
  [3_661, '1 h 1 min 1 s'],
])('%d seconds are "%s"', (seconds, words) => {
  expect(spanInWords(seconds)).toBe(words);
});

test.each([
  [-5, '0:00'],
  [0, '0:00'],
  [1, '0:01'],
  [1_000, '0:01'],
  [59_001, '1:00'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
])('with %d ms left the clock shows %s', (left, shown) => {
  expect(clock(left)).toBe(shown);
});
