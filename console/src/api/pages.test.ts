import { expect, test } from 'vitest';
import { allItems, fullPage } from './pages';

type Query = Parameters<Parameters<typeof fullPage>[1]>[0];

/** A list that answers in parts of these sizes, by a cursor that says which part; asks for more than a limit are defects. */
function listOf(...sizes: number[]) {
  const asked: Query[] = [];
  const read = (query: Query) => {
    asked.push(query);
    const part = Number(query.cursor ?? 0);
    const size = sizes[part] ?? 0;
    if (size > query.limit) throw new Error(`${size} items do not fit.`);
    const items = Array.from({ length: size }, (_, index) => `${part}:${index}`);
    return Promise.resolve({ items, next_cursor: part + 1 < sizes.length ? String(part + 1) : null });
  };
  return { read, asked };
}

test('a page that is full is read once', async () => {
  const { read, asked } = listOf(25, 1);
  const page = await fullPage(undefined, read);
  expect([page.items.length, page.next_cursor]).toEqual([25, '1']);
  expect(asked).toEqual([{ limit: 25 }]);
});

test('a search that was cut goes on until the page is full', async () => {
  const { read, asked } = listOf(3, 0, 22, 4);
  const page = await fullPage(undefined, read);
  expect([page.items.length, page.next_cursor]).toEqual([25, '3']);
  expect(asked).toEqual([{ limit: 25 }, { limit: 22, cursor: '1' }, { limit: 22, cursor: '2' }]);
});

test('when a search finds nothing more, there is no next page', async () => {
  const page = await fullPage('1', listOf(25, 3, 0, 0).read);
  expect([page.items, page.next_cursor]).toEqual([['1:0', '1:1', '1:2'], null]);
});

test('a very long search ends, and can be continued', async () => {
  const { read, asked } = listOf(...Array<number>(50).fill(0));
  expect(await fullPage(undefined, read)).toEqual({ items: [], next_cursor: '20' });
  expect(asked).toHaveLength(20);
});

test('a list is read whole', async () => {
  expect(await allItems(listOf(2, 0, 1).read)).toEqual(['0:0', '0:1', '2:0']);
});
