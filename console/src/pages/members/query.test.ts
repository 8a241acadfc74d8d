import { expect, test } from 'vitest';
import { initialValues } from '@/shared/filters';
import {
  countInWords,
  FILTERS,
  isAboutFlags,
  optionsWith,
  propertiesWith,
  queryOf,
  tokensOf,
  unknownIn,
  valuesOf,
  withoutFlags,
} from './query';

const NO_FILTERS = initialValues(FILTERS);

const SOME = { ...NO_FILTERS, query: 'Ana', rule: 'manual', trusted: 'false' };

test('filters are shown as tokens, and read back from them', () => {
  expect(tokensOf(SOME)).toEqual([
    { operator: ':', value: 'Ana' },
    { propertyKey: 'rule', operator: '=', value: 'manual' },
    { propertyKey: 'trusted', operator: '=', value: 'false' },
  ]);
  expect(valuesOf(tokensOf(SOME), NO_FILTERS)).toEqual(SOME);
  expect(tokensOf(NO_FILTERS)).toEqual([]);
});

test('of two tokens about one property, the new one holds, wherever it stands', () => {
  const old = { propertyKey: 'rule', operator: '=' as const, value: 'manual' };
  const fresh = { ...old, value: 'back_to_back' };
  expect(valuesOf([old, fresh], SOME).rule).toBe('back_to_back');
  expect(valuesOf([fresh, old], SOME).rule).toBe('back_to_back');
  const texts = ['Ana', 'Ben'].map((value) => ({ operator: ':' as const, value }));
  expect(valuesOf(texts, SOME).query).toBe('Ben');
});

test('a value that there is not filters nothing', () => {
  expect(valuesOf([{ propertyKey: 'access', operator: '=', value: 'sleeping' }], NO_FILTERS)).toEqual(
    NO_FILTERS,
  );
});

test('a value that is not offered is named, and one that is offered is not', () => {
  const unknown = { propertyKey: 'access', operator: '=' as const, value: 'sleeping' };
  expect(unknownIn([...tokensOf(SOME), unknown])).toBe('Access = sleeping');
  expect(unknownIn(tokensOf(SOME))).toBeNull();
});

test('every value of a property is offered by its words', () => {
  expect(propertiesWith({ flags: true }).map(({ key }) => key)).toEqual(Object.keys(NO_FILTERS).slice(1));
  expect(optionsWith({ flags: true }).filter(({ propertyKey }) => propertyKey === 'membership')).toEqual([
    { propertyKey: 'membership', value: 'active', label: 'Active' },
    { propertyKey: 'membership', value: 'cancelled', label: 'Cancelled' },
    { propertyKey: 'membership', value: 'none', label: 'None' },
  ]);
});

test('the API is asked for what is filtered, and for nothing else', () => {
  expect(queryOf(SOME, 'c')).toEqual({ query: 'Ana', rule: 'manual', trusted: 'false', cursor: 'c' });
  expect(queryOf(NO_FILTERS)).toEqual({});
});

test.each([
  [1, true, '1 match'],
  [0, true, '0 matches'],
  [25, false, '25 matches on this page'],
])('%i matches are counted as far as they are known', (shown, isWhole, words) => {
  expect(countInWords(shown, isWhole)).toBe(words);
});

test('a program that hides flags on the page offers no filter by them, and uses none', () => {
  const keys = propertiesWith({ flags: false }).map(({ key }) => key);
  expect(keys).toEqual(['access', 'trusted', 'membership']);
  expect([isAboutFlags(SOME), isAboutFlags(withoutFlags(SOME))]).toEqual([true, false]);
  expect(queryOf(withoutFlags(SOME))).toEqual({ query: 'Ana', trusted: 'false' });
});
