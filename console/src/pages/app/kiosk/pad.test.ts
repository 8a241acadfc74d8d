import { expect, test } from 'vitest';
import { grouped, isWhole, keyOf, KEYS, pressed, type Key } from './pad';

const typed = (...keys: Key[]) => keys.reduce(pressed, '');

test('digits come one after the other, and the last one can be taken back', () => {
  expect(typed('2', '0', '2', 'back', '3')).toBe('203');
  expect(typed('2', '0', 'clear', '7')).toBe('7');
  expect(typed('back')).toBe('');
});

test('a plus stands only in front', () => {
  expect(typed('+', '1', '+', '2')).toBe('+12');
  expect(typed('1', '+')).toBe('1');
});

test('no number has more than fifteen digits, with a plus or without', () => {
  const many: Key[] = Array.from({ length: 20 }, () => '1');
  expect(typed(...many)).toHaveLength(15);
  expect(typed('+', ...many)).toHaveLength(16);
});

test.each([
  ['5', '5'],
  ['+', '+'],
  ['Backspace', 'back'],
  ['Escape', 'clear'],
  ['a', null],
  ['Enter', null],
  ['F1', null],
])('the key %s of a keyboard is %s', (name, key) => {
  expect(keyOf(name)).toBe(key);
});

test('a number is whole from seven digits on', () => {
  expect(isWhole('555012')).toBe(false);
  expect(isWhole('5550123')).toBe(true);
  expect(isWhole('+555012')).toBe(false);
});

test.each([
  ['', ''],
  ['20', '20'],
  ['2025', '202 5'],
  ['2025550123', '202 555 0123'],
  ['+12025550123', '+12025550123'],
])('%s is shown as %s', (number, shown) => {
  expect(grouped(number)).toBe(shown);
});

test('the pad has every digit once', () => {
  expect(KEYS.toSorted().join('')).toBe('+0123456789back');
});
