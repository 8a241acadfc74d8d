import { expect, test } from 'vitest';
import { BLOCKED, NumberMissing, signInRefusal, StepMissing } from './refusals';

function refusal(name: string, message: string) {
  return signInRefusal(Object.assign(new Error(message), { name }));
}

test('a blocked member is told so in the neutral words', () => {
  const message = `PreTokenGeneration failed with error ${BLOCKED}.`;
  expect(refusal('UserLambdaValidationException', message)).toEqual({ blocked: true, sentence: BLOCKED });
});

test('an issuer of one’s own that asks the gate says it in the same words', () => {
  expect(refusal('ErrorResponse', BLOCKED).blocked).toBe(true);
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

test('one more step, and an account without a number, say what to do', () => {
  expect(signInRefusal(new StepMissing('CONFIRM_SIGN_UP')).sentence).toMatch(/app first/);
  expect(signInRefusal(new NumberMissing()).sentence).toMatch(/at the counter/);
});

test('no answer is no refusal by the pool', () => {
  expect(signInRefusal(new TypeError('Failed to fetch')).sentence).toMatch(/cannot be reached/);
  expect(refusal('NetworkError', 'A network error has occurred.').sentence).toMatch(/cannot be reached/);
});
