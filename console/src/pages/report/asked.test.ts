import { expect, test } from 'vitest';
import { asked, NO_FILTERS } from './asked';

test('without filters nothing is asked for but a page', () => {
  expect(asked(NO_FILTERS, 'UTC')).toEqual({});
  expect(asked(NO_FILTERS, 'UTC', 'abc')).toEqual({ cursor: 'abc' });
});

test('filters are asked for in the words of the API, days by their instants in the zone', () => {
  const values = {
    ...NO_FILTERS,
    rule: 'back_to_back',
    location: 'l_1',
    from: '2027-01-01',
    to: '2027-01-31',
  };
  expect(asked(values, 'America/New_York')).toEqual({
    rule: 'back_to_back',
    location_id: 'l_1',
    from: '2027-01-01T05:00:00.000Z',
    to: '2027-02-01T05:00:00.000Z',
  });
});

test('a day that is none is not asked for', () => {
  expect(asked({ ...NO_FILTERS, from: '2027-02-30' }, 'UTC')).toEqual({});
});
