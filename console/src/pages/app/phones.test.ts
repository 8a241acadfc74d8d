import { expect, test } from 'vitest';
import { withCountryCode } from './phones';

test.each([
  ['+1 (202) 555-0123', '+12025550123'],
  ['0044 20 7946 0018', '+442079460018'],
  ['  +12025550123 ', '+12025550123'],
])('%s is %s', (typed, number) => {
  expect(withCountryCode(typed)).toBe(number);
});

test.each(['202 555 0123', '+1 202', '+1234567890123456', '+1 202 555 012x', ''])('%s is none', (typed) => {
  expect(withCountryCode(typed)).toBeNull();
});
