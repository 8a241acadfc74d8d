import { expect, test } from 'vitest';
import { answered } from './client';
import { Refused } from './problem';

const PROBLEM = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  detail: 'Nobody has flagged this member.',
  code: 'not_flagged',
  request_id: 'r-1',
};

async function refusalOf(status: number, error: unknown, headers: HeadersInit = {}): Promise<Refused> {
  const response = new Response(null, { status, headers });
  return await answered(Promise.resolve({ error, response })).then(
    () => {
      throw new Error('It was no refusal.');
    },
    (refused: unknown) => refused as Refused,
  );
}

test('a problem is told in its own sentence, with the request id', async () => {
  const refused = await refusalOf(409, PROBLEM);
  expect([refused.message, refused.code, refused.requestId]).toEqual([PROBLEM.detail, 'not_flagged', 'r-1']);
});

test('what the gateway refuses by itself is told in words too', async () => {
  const refused = await refusalOf(401, { message: 'Unauthorized' }, { 'apigw-requestid': 'g-1' });
  expect([refused.message, refused.requestId]).toEqual(['Your session has ended. Sign in again.', 'g-1']);
});

test('no answer at all is not a defect of the page', async () => {
  const lost = answered(Promise.reject(new TypeError('Failed to fetch')));
  await expect(lost).rejects.toMatchObject({ name: 'Refused', code: 'unreachable' });
});

test('an answer without a body is a success', async () => {
  const done = await answered(Promise.resolve({ response: new Response(null, { status: 204 }) }));
  expect(done.data).toBeUndefined();
});
