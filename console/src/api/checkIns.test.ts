import { expect, test } from 'vitest';
import { isUnanswered, outcomeOf } from './checkIns';
import { refusalOf, unreachable } from './problem';

const AT = '2027-03-14T10:00:00.000Z';
const CONTACT = { phone: '+12025550100', email: null, url: null };

function outcome(status: number, code: string, detail: string, more: object = {}) {
  const problem = { type: 't', title: 't', status, detail, code, request_id: 'r-1', ...more };
  return outcomeOf(refusalOf(new Response(null, { status }), problem));
}

test('too soon says from when on', () => {
  expect(outcome(409, 'too_soon', 'Later.', { retry_at: AT })).toEqual({ kind: 'too_soon', next: AT });
});

test('closed says when the place opens, where that is known', () => {
  expect(outcome(403, 'outside_business_hours', 'Closed.', { opens_at: AT })).toEqual({
    kind: 'closed',
    opens: AT,
  });
  expect(outcome(403, 'outside_business_hours', 'Closed.')).toEqual({ kind: 'closed', opens: null });
});

test('blocked says whom to contact', () => {
  const blocked = outcome(403, 'account_blocked', 'Blocked.', { contact: CONTACT });
  expect(blocked).toEqual({ kind: 'blocked', contact: CONTACT });
});

test('a number that nobody has, and one of no member, are told apart', () => {
  const errors = [{ field: 'member.phone', message: 'No phone has this number.' }];
  expect(outcome(422, 'invalid_request', 'Correct it.', { errors }).kind).toBe('no_number');
  expect(outcome(404, 'not_found', 'There is no such member in this program.').kind).toBe('not_enrolled');
});

test.each([
  [404, 'not_found', 'There is no such location in this program.'],
  [403, 'forbidden', 'This program does not know you.'],
  [503, 'temporarily_unavailable', 'Again in a moment.'],
])('%i %s is a failure, told in its own words', (status, code, detail) => {
  expect(outcome(status, code, detail)).toMatchObject({ kind: 'failed', error: { message: detail } });
});

test('what may have been done, or will be later, is sent again; what was decided is not', () => {
  expect(isUnanswered(unreachable())).toBe(true);
  const refused = (status: number) => refusalOf(new Response(null, { status }), {});
  expect([429, 500, 503].map((status) => isUnanswered(refused(status)))).toEqual([true, true, true]);
  expect([401, 403, 404, 409, 422].some((status) => isUnanswered(refused(status)))).toBe(false);
});
