import { expect, test } from 'vitest';
import { initialValues } from '@/shared/filters';
import { FILTERS, queryOf } from './query';

const NONE = initialValues(FILTERS);

test('without filters nothing is asked for but a page', () => {
  expect(queryOf(NONE, 'UTC')).toEqual({});
  expect(queryOf(NONE, 'UTC', 'abc')).toEqual({ cursor: 'abc' });
});

test('filters are asked for in the words of the API, days by their instants in the zone', () => {
  const values = {
    ...NONE,
    rule: 'back_to_back',
    location_id: 'l_1',
    from: '2027-01-01',
    to: '2027-01-31',
  };
  expect(queryOf(values, 'America/New_York')).toEqual({
    rule: 'back_to_back',
    location_id: 'l_1',
    from: '2027-01-01T05:00:00.000Z',
    to: '2027-02-01T05:00:00.000Z',
  });
});
