import { expect, test } from 'vitest';
import { fileName, joined, linesOf, nextQuery } from './file';

const HEADER = 'flag_id,reason\r\n';

test('parts become one file with its column names once, and the mark that spreadsheets need', () => {
  expect(joined([`${HEADER}f_1,a\r\n`, `${HEADER}f_2,b\r\n`, `${HEADER}f_3,c\r\n`])).toBe(
    `\uFEFF${HEADER}f_1,a\r\nf_2,b\r\nf_3,c\r\n`,
  );
});

test('the mark stands once, whether the parts had it or not', () => {
  expect(joined([`\uFEFF${HEADER}`, `\uFEFF${HEADER}f_1,a\r\n`])).toBe(`\uFEFF${HEADER}f_1,a\r\n`);
});

test('the next part is asked for with what the link says', () => {
  expect(nextQuery('<?status=open&cursor=a%2Bb>; rel="next"')).toEqual({ status: 'open', cursor: 'a+b' });
  expect(nextQuery('<?cursor=x>; rel=next')).toEqual({ cursor: 'x' });
});

test.each([null, '', '<?cursor=x>; rel="prev"'])('%s leads to no further part', (link) => {
  expect(nextQuery(link)).toBeNull();
});

test('the file is called what the API calls it', () => {
  expect(fileName('attachment; filename="red-flags-2027-03-14.csv"')).toBe('red-flags-2027-03-14.csv');
  expect(fileName(null)).toBe('red-flags.csv');
});

test('a line break in a cell is no further line', () => {
  expect(linesOf(`${HEADER}f_1,"one\ntwo ""three"""\r\nf_2,b\r\n`)).toBe(2);
  expect(linesOf(HEADER)).toBe(0);
  expect(linesOf('')).toBe(0);
});
