import { expect, test } from 'vitest';
import { clockOf, isClock } from './clock';

test.each([
  ['09:00', '09:00'],
  ['9', '09:00'],
  ['9:30', '09:30'],
  ['0930', '09:30'],
  ['9.30', '09:30'],
  ['9 pm', '21:00'],
  ['12am', '00:00'],
  ['12:15 p.m.', '12:15'],
  ['24:00', '24:00'],
  [' 0:00 ', '00:00'],
])('%s is %s', (typed, clock) => {
  expect(isClock(typed)).toBe(true);
  expect(clockOf(typed)).toBe(clock);
});

test.each(['', 'noon', '24:01', '25:00', '9:60', '13 pm', '0 am', '9:5', '123456', '9m'])(
  '"%s" is no time of day and stays as it was typed',
  (typed) => {
    expect(isClock(typed)).toBe(false);
    expect(clockOf(typed)).toBe(typed);
  },
);
