import { expect, test } from 'vitest';
import { newIdempotencyKeys } from './idempotency-keys';

const ANA = '2025550123';
const BEN = '2025550124';
const MINUTE = 60_000;

test('an attempt without an answer has the same key when its number comes again', () => {
  const keys = newIdempotencyKeys();
  const first = keys.keyOf(ANA, 0);
  expect(keys.keyOf(BEN, 1)).not.toBe(first);
  expect(keys.keyOf(ANA, 2 * MINUTE)).toBe(first);
});

test('after an answer, the next attempt has a new key', () => {
  const keys = newIdempotencyKeys();
  const first = keys.keyOf(ANA, 0);
  keys.answered(ANA);
  expect(keys.keyOf(ANA, 1)).not.toBe(first);
});

test('after ten minutes it is a new visit, however often it was tried', () => {
  const keys = newIdempotencyKeys();
  const first = keys.keyOf(ANA, 0);
  expect(keys.keyOf(ANA, 9 * MINUTE)).toBe(first);
  expect(keys.keyOf(ANA, 10 * MINUTE)).not.toBe(first);
});
