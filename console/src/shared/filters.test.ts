import { expect, test } from 'vitest';
import { changed, isFiltered } from './filters';

const DEFAULTS = { query: '', flagged: '' };

test('a filter is kept in the address, and its default is not', () => {
  expect(changed(new URLSearchParams(), { flagged: 'true' }, DEFAULTS).toString()).toBe('flagged=true');
  expect(changed(new URLSearchParams('flagged=true'), { flagged: '' }, DEFAULTS).toString()).toBe('');
});

test('with other filters a list begins at its first page', () => {
  expect(changed(new URLSearchParams('cursor=abc&query=ana'), { query: 'bo' }, DEFAULTS).toString()).toBe(
    'query=bo',
  );
});

test('what belongs to something else on the page stays', () => {
  expect(changed(new URLSearchParams('tab=flags'), { query: 'bo' }, DEFAULTS).toString()).toBe(
    'tab=flags&query=bo',
  );
});

test('one filter is enough to be filtered', () => {
  expect(isFiltered(DEFAULTS, DEFAULTS)).toBe(false);
  expect(isFiltered({ ...DEFAULTS, flagged: 'true' }, DEFAULTS)).toBe(true);
});
