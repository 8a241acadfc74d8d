import { expect, test } from 'vitest';
import type { AppConfig } from '@/config';
import { programOf } from './program';

const APP: AppConfig = {
  issuer: 'https://id.example.com',
  client_id: 'usual',
  sign_in_url: null,
  pool_api_url: null,
  program_id: 'p_deployed',
};

function newTab() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test('the pages are of the program that was deployed with', () => {
  expect(programOf(APP, '?location_id=l_1', newTab())).toEqual({
    programId: 'p_deployed',
    clientId: 'usual',
  });
});

test('an address names another program, and its client, for as long as the tab is open', () => {
  const tab = newTab();
  const other = { programId: 'p_other', clientId: 'theirs' };
  expect(programOf(APP, '?program=p_other&client=theirs', tab)).toEqual(other);
  expect(programOf(APP, '', tab)).toEqual(other);
});

test('without a program there are no pages', () => {
  expect(programOf({ ...APP, program_id: null }, '', newTab())).toBeNull();
});

test('an address that names a program needs none that was deployed with', () => {
  const found = programOf({ ...APP, program_id: null }, '?program=p_named', newTab());
  expect(found).toEqual({ programId: 'p_named', clientId: 'usual' });
});
