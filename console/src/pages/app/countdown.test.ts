import { expect, test } from 'vitest';
import { timeOf } from './countdown';

const NOW = Date.parse('2027-03-14T20:00:00.000Z');

test('a time of today is told without its day', () => {
  expect(timeOf('2027-03-14T21:05:00.000Z', NOW, 'UTC')).toMatch(/^9:05.PM$/);
});

test('a time of tomorrow is told with its day', () => {
  expect(timeOf('2027-03-15T07:00:00.000Z', NOW, 'UTC')).toMatch(/^Mon, Mar 15, 7:00.AM$/);
});

test('which day it is depends on the place', () => {
  expect(timeOf('2027-03-14T23:30:00.000Z', NOW, 'Asia/Tokyo')).toMatch(/^8:30.AM$/);
});
