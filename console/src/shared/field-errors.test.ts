import { expect, test } from 'vitest';
import { Refused } from '@/api/problem';
import { fieldErrors } from './field-errors';

const has = (field: string) => field === 'email';

function refused(...fields: string[]): Refused {
  return new Refused('Two fields cannot be used.', {
    status: 422,
    code: 'invalid_request',
    requestId: 'r-1',
    fields: fields.map((field) => ({ field, message: `About ${field}.` })),
  });
}

test('what is about a field of the form is told there, and nowhere else', () => {
  expect(fieldErrors(refused('email'), has)).toEqual({ at: { email: 'About email.' }, rest: null });
});

test('what is about no field of the form is told apart, with the request id', () => {
  const { at, rest } = fieldErrors(refused('email', 'subject'), has);
  expect(at).toEqual({ email: 'About email.' });
  expect(rest).toMatchObject({
    requestId: 'r-1',
    status: 422,
    fields: [{ field: 'subject', message: 'About subject.' }],
  });
});

test('a refusal that names no field, and what is no refusal, stay as they are', () => {
  expect(fieldErrors(refused(), has)).toMatchObject({ at: {}, rest: { code: 'invalid_request' } });
  const defect = new Error('defect');
  expect(fieldErrors(defect, has).rest).toBe(defect);
});
