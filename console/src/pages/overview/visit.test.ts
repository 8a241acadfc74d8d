import { expect, test } from 'vitest';
import { readVisit, visitAt } from './visit';

const NOON = Date.parse('2027-03-14T12:00:00.000Z');
const MINUTE = 60_000;

test('there is nothing before the first visit', () => {
  expect(visitAt(null, NOON)).toEqual({ before: null, seen: '2027-03-14T12:00:00.000Z', open: null });
});

test('who looks again within half an hour has not been away', () => {
  const first = { ...visitAt(null, NOON), open: 4 };
  const again = visitAt(first, NOON + 29 * MINUTE);
  expect(again).toEqual({ before: null, seen: '2027-03-14T12:29:00.000Z', open: 4 });
  expect(visitAt(again, NOON + 58 * MINUTE).before).toBeNull();
});

test('who comes back later is told from when they last looked', () => {
  const next = visitAt({ ...visitAt(null, NOON), open: 4 }, NOON + 31 * MINUTE);
  expect(next.before).toEqual({ at: '2027-03-14T12:00:00.000Z', open: 4 });
  expect(visitAt(next, NOON + 40 * MINUTE).before).toEqual(next.before);
});

test('what is kept is read back, and what is no visit is none', () => {
  const visit = visitAt(null, NOON);
  expect(readVisit(JSON.stringify(visit))).toEqual(visit);
  for (const text of [null, '', '{', 'null', '{}', '{"seen":"soon"}', '3'])
    expect(readVisit(text)).toBeNull();
});
