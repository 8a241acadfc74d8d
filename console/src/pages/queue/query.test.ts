import { expect, test } from 'vitest';
import { valuesIn } from '@/shared/filters';
import { FILTERS, queryOf } from './query';

function asked(address: string, cursor?: string) {
  return queryOf(valuesIn(new URLSearchParams(address), FILTERS), cursor);
}

test.each([
  ['', { status: 'open' }],
  ['status=any', {}],
  ['status=verified&rule=manual', { status: 'verified', rule: 'manual' }],
  ['location_id=l_1', { status: 'open', location_id: 'l_1' }],
  ['rule=nonsense&status=x', { status: 'open' }],
])('the address "%s" asks the API for %o', (address, query) => {
  expect(asked(address)).toEqual(query);
});

test('a later page is asked for by its cursor', () => {
  expect(asked('status=any', 'c')).toEqual({ cursor: 'c' });
});
