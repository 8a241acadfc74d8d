import { expect, test } from 'vitest';
import { PoolRefused } from './pool';
import { BLOCKED, signInRefusal } from './refusals';

const refusal = (type: string, message: string) => signInRefusal(new PoolRefused(type, message));

test('a blocked member is told so in the neutral words', () => {
  const message = `PreTokenGeneration failed with error ${BLOCKED}.`;
  expect(refusal('UserLambdaValidationException', message)).toEqual({ blocked: true, sentence: BLOCKED });
});

test('a gate that cannot answer never says "blocked"', () => {
  const { blocked, sentence } = refusal(
    'UserLambdaValidationException',
    'PreTokenGeneration failed with error This does not work right now.',
  );
  expect([blocked, sentence]).toEqual([false, 'Signing in does not work right now. Try again in a moment.']);
});

test('a wrong password and an unknown number are told in the same words', () => {
  expect(refusal('NotAuthorizedException', 'Incorrect username or password.')).toEqual(
    refusal('UserNotFoundException', 'User does not exist.'),
  );
});

test('too many tries are no wrong password', () => {
  expect(refusal('NotAuthorizedException', 'Password attempts exceeded').sentence).toMatch(/^Too many/);
});

test('a pool without this flow says where to sign in', () => {
  const { sentence } = refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled');
  expect(sentence).toMatch(/switched off here/);
});

test('no answer is no refusal by the pool', () => {
  expect(signInRefusal(new TypeError('Failed to fetch')).sentence).toMatch(/cannot be reached/);
});
