import { expect, test } from 'vitest';
import { problemOfNew } from './recipient';

const MANY = Array.from({ length: 50 }, (_, number) => `a${number}@example.com`);

test.each([
  ['ana@example.com', [], null],
  ['ana@example', [], 'Enter an e-mail address such as name@example.com.'],
  ['', [], 'Enter an e-mail address such as name@example.com.'],
  ['Ana@Example.com', ['ana@example.com'], 'This address is already listed.'],
  ['ana@example.com', MANY, 'There are 50 recipients already. Remove one first.'],
])('%s beside %o: %s', (email, known, sentence) => {
  expect(problemOfNew(email, known)).toBe(sentence);
});
