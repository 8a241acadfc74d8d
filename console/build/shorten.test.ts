import { expect, test } from 'vitest';
import { shortened, shortNames, withoutFallbacks } from './shorten';

const SHEET = `
body{--color-text-abc123:#000;--awsui-gap-66120l:0}
.awsui_root_1612d_1x3di_43.awsui_has-icon_1612d_1x3di_5{color:var(--color-text-abc123)}`;

test('each long name has one short name in styles and in code', () => {
  const names = shortNames([SHEET]);
  expect(shortened(SHEET, names)).toBe(`
body{--1:#000;--0:0}
._1._0{color:var(--1)}`);
  expect(shortened('{"root": "awsui_root_1612d_1x3di_43"}', names)).toBe('{"root": "_1"}');
});

test('a name that no style sheet holds stays', () => {
  const code = '"awsui_other_1612d_1x3di_43", "--color-other-abc123", "awsui-context-alert"';
  expect(shortened(code, shortNames([SHEET]))).toBe(code);
});

test('the same sheets give the same names in whatever order', () => {
  expect([...shortNames(['.awsui_b_1612d_1x3di_1{}', '.awsui_a_1612d_1x3di_2{}'])]).toEqual([
    ...shortNames(['.awsui_a_1612d_1x3di_2{}', '.awsui_b_1612d_1x3di_1{}']),
  ]);
});

test('a token loses its fallback, with calls and tokens inside', () => {
  expect(withoutFallbacks('a{border:1px solid var(--a-b-abc123,var(--c-abc123,rgb(0 0 0))) ;top:0}')).toBe(
    'a{border:1px solid var(--a-b-abc123) ;top:0}',
  );
});

test('a property that a component may leave out keeps its fallback', () => {
  const style = 'a{color:var(--awsui-style-color-66120l,var(--color-text-abc123,#000))}';
  expect(withoutFallbacks(style)).toBe('a{color:var(--awsui-style-color-66120l,var(--color-text-abc123))}');
});
