import { expect, test } from 'vitest';
import { initialValues } from '@/shared/filters';
import { FILTERS, queryOf } from './query';

const NONE = initialValues(FILTERS);

test('only what is filtered is asked for', () => {
  expect(queryOf(NONE, 'UTC')).toEqual({});
  expect(queryOf({ ...NONE, subject: 'm_1', to: '2027-01-31' }, 'UTC', 'abc')).toEqual({
    subject: 'm_1',
    cursor: 'abc',
    to: '2027-02-01T00:00:00.000Z',
  });
});
