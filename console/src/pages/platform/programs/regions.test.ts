import { expect, test } from 'vitest';
import { regions } from './regions';

const codes = regions().map(({ value }) => value);

test('the regions of the world are there, once each', () => {
  expect(codes).toEqual(expect.arrayContaining(['US', 'DE', 'GB', 'IN', 'JP', 'ZA']));
  expect(new Set(codes).size).toBe(codes.length);
});

test.each(['DD', 'SU', 'EU', 'UN', 'ZZ', 'AA'])('%s is none of them', (code) => {
  expect(codes).not.toContain(code);
});

test('they stand in the order of their names', () => {
  const labels = regions().map(({ label }) => label);
  expect(labels).toEqual(labels.toSorted((one, other) => one.localeCompare(other)));
});
