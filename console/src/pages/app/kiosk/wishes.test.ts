import { expect, test } from 'vitest';
import { newWishes } from './wishes';

const ANA = '2025550123';
const BEN = '2025550124';
const MINUTE = 60_000;

test('a wish without an answer is the same wish when its number comes again', () => {
  const wishes = newWishes();
  const first = wishes.keyOf(ANA, 0);
  expect(wishes.keyOf(BEN, 1)).not.toBe(first);
  expect(wishes.keyOf(ANA, 2 * MINUTE)).toBe(first);
});

test('after an answer, the next wish is a new one', () => {
  const wishes = newWishes();
  const first = wishes.keyOf(ANA, 0);
  wishes.answered(ANA);
  expect(wishes.keyOf(ANA, 1)).not.toBe(first);
});

test('after ten minutes it is a new visit, however often it was tried', () => {
  const wishes = newWishes();
  const first = wishes.keyOf(ANA, 0);
  expect(wishes.keyOf(ANA, 9 * MINUTE)).toBe(first);
  expect(wishes.keyOf(ANA, 10 * MINUTE)).not.toBe(first);
});
