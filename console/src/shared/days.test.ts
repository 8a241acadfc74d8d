import { expect, test } from 'vitest';
import { instantsOf, isDay } from './days';

test.each([
  ['UTC', '2027-03-14T00:00:00.000Z', '2027-03-15T00:00:00.000Z'],
  ['Asia/Kolkata', '2027-03-13T18:30:00.000Z', '2027-03-14T18:30:00.000Z'],
  // Clocks go forward that day: it has 23 hours.
  ['America/New_York', '2027-03-14T05:00:00.000Z', '2027-03-15T04:00:00.000Z'],
])('a day in %s is as long as it is there', (zone, from, to) => {
  expect(instantsOf({ from: '2027-03-14', to: '2027-03-14' }, zone)).toEqual({ from, to });
});

test('the day on which clocks go back has 25 hours', () => {
  expect(instantsOf({ from: '2027-11-07', to: '2027-11-07' }, 'America/New_York')).toEqual({
    from: '2027-11-07T04:00:00.000Z',
    to: '2027-11-08T05:00:00.000Z',
  });
});

test('a range may be open at either end', () => {
  expect(instantsOf({ from: '2027-12-31', to: '' }, 'UTC')).toEqual({ from: '2027-12-31T00:00:00.000Z' });
  expect(instantsOf({ from: '', to: '2027-12-31' }, 'UTC')).toEqual({ to: '2028-01-01T00:00:00.000Z' });
});

test.each([
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2027-2-9', false],
  ['yesterday', false],
  ['', false],
])('"%s" is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});
