import { expect, test } from 'vitest';
import { asked, NO_FILTERS } from './asked';

test('only what is filtered is asked for', () => {
  expect(asked(NO_FILTERS, 'UTC')).toEqual({});
  expect(asked({ ...NO_FILTERS, subject: 'm_1', to: '2027-01-31' }, 'UTC', 'abc')).toEqual({
    subject: 'm_1',
    cursor: 'abc',
    to: '2027-02-01T00:00:00.000Z',
  });
});
