import { expect, test } from 'vitest';
import {
  aDay,
  aLocation,
  changed,
  given,
  initialValues,
  isFiltered,
  oneOf,
  textUpTo,
  valuesIn,
} from './filters';

const FILTERS = {
  rule: oneOf({ manual: 'By staff', visit_frequency: 'Many' }),
  status: oneOf({ open: 'Open', any: 'Any' }, 'open'),
  location_id: aLocation,
  from: aDay,
  query: textUpTo(200),
};
const NONE = { rule: '', status: 'open', location_id: '', from: '', query: '' };

function valuesAt(address: string) {
  return valuesIn(new URLSearchParams(address), FILTERS);
}

test('without anything chosen, filters have their initial values', () => {
  expect(initialValues(FILTERS)).toEqual(NONE);
  expect(valuesAt('')).toEqual(NONE);
});

test('known values are read from an address', () => {
  expect(valuesAt('rule=manual&status=any&location_id=l_1&from=2027-03-14&query=Ana')).toEqual({
    rule: 'manual',
    status: 'any',
    location_id: 'l_1',
    from: '2027-03-14',
    query: 'Ana',
  });
});

test.each([
  'rule=nonsense',
  'rule=',
  'rule=toString',
  'status=x',
  `location_id=${'l'.repeat(65)}`,
  'from=2027-02-30',
  'from=today',
  'nothing=here',
])('%s filters nothing', (address) => {
  expect(valuesAt(address)).toEqual(NONE);
});

test.each([
  ['', { rule: 'manual' }, 'rule=manual'],
  ['rule=manual', { rule: '' }, ''],
  ['rule=manual&cursor=c', { status: 'any' }, 'rule=manual&status=any'],
  ['status=any', { status: 'open' }, ''],
  ['flag=f&rule=manual', { rule: undefined }, 'flag=f'],
  ['rule=nonsense&query=Ana', { status: 'any' }, 'query=Ana&status=any'],
])('%s changed by %o is %s', (before, changes, after) => {
  expect(changed(new URLSearchParams(before), changes, FILTERS).toString()).toBe(after);
});

test('with other filters nothing is selected', () => {
  const before = new URLSearchParams('flag=f&cursor=c');
  expect(changed(before, { rule: 'manual' }, FILTERS, 'flag').toString()).toBe('rule=manual');
});

test('only what is given is asked for', () => {
  expect(given({ rule: 'manual', status: '', cursor: undefined })).toEqual({ rule: 'manual' });
});

test('a list is filtered once a value is another than at first', () => {
  expect(isFiltered(NONE, FILTERS)).toBe(false);
  expect(isFiltered({ ...NONE, status: 'any' }, FILTERS)).toBe(true);
});
