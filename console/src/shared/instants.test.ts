import { expect, test } from 'vitest';
import { ago, inZone } from './instants';

const AT = '2027-03-14T03:30:00.000Z';
const NOW = new Date(AT).getTime();

test('an instant is shown in the zone of the place, by its own day', () => {
  expect(inZone(AT, 'America/New_York')).toMatch(/Mar 13, 2027, 10:30.PM EST/);
  expect(inZone(AT, 'Asia/Tokyo', 'precise')).toMatch(/Mar 14, 2027, 12:30:00.PM GMT\+9/);
  expect(inZone(AT, 'UTC', 'short')).toMatch(/^Mar 14, 3:30.AM UTC$/);
  expect(inZone(AT, 'America/New_York', 'day')).toBe('Mar 13, 2027');
});

test.each([
  [59_000, 'just now'],
  [60_000, '1 minute ago'],
  [7_199_000, '1 hour ago'],
  [86_400_000, 'yesterday'],
  [3 * 86_400_000, '3 days ago'],
])('%i ms later it is "%s"', (later, words) => {
  expect(ago(AT, NOW + later)).toBe(words);
});
