import { expect, test } from 'vitest';
import { reasonOf } from './reasons';

test.each([
  ['Works here', '', 'Works here'],
  ['Works here', ' at the till ', 'Works here: at the till'],
  ['', 'Asked at the counter', 'Asked at the counter'],
  ['', '  ', ''],
])('"%s" and "%s" are kept as "%s"', (chosen, note, kept) => {
  expect(reasonOf(chosen, note)).toBe(kept);
});
