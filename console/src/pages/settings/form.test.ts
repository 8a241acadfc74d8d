import { expect, test } from 'vitest';
import type { SettingsDocument } from '@/api/settings';
import { DEFAULTS, documentOf, formOf, problemsFrom, problemsOf, type Form } from './form';

const NOTHING = {} as SettingsDocument;
const WHOLE = documentOf(DEFAULTS, NOTHING);

test('a form and its document are the same settings', () => {
  expect(formOf(WHOLE)).toEqual(DEFAULTS);
  expect(WHOLE.rules?.point_edits).toEqual({
    mode: 'off',
    amount_limit: 500,
    count_limit: null,
    window_days: 7,
  });
  expect(WHOLE.contact_us).toEqual({ phone: null, email: null, url: null });
});

test('what is typed becomes what the API takes', () => {
  const document = documentOf(
    {
      ...DEFAULTS,
      'rules.point_edits.count_limit': ' 4 ',
      'rules.outside_hours.override_open': '9',
      'rules.outside_hours.override_close': '5 pm',
      'contact_us.phone': ' 555 0100 ',
    },
    NOTHING,
  );
  expect(document.rules?.point_edits?.count_limit).toBe(4);
  expect(document.rules?.outside_hours).toEqual({
    mode: 'off',
    override_open: '09:00',
    override_close: '17:00',
  });
  expect(document.contact_us?.phone).toBe('555 0100');
});

test('settings that this console does not know stay as they are', () => {
  const newer = { rules: { queue_jumping: { mode: 'on' } }, colour: 'red' } as unknown as SettingsDocument;
  expect(documentOf(DEFAULTS, newer)).toMatchObject(newer);
  expect(newer).toEqual({ rules: { queue_jumping: { mode: 'on' } }, colour: 'red' });
});

test('the defaults are in order', () => {
  expect(problemsOf(DEFAULTS)).toEqual({});
});

test.each<[Partial<Form>, string]>([
  [{ 'rules.visit_frequency.limit': '16' }, 'Give a whole number from 2 to 15 check-ins.'],
  [{ 'rules.visit_frequency.limit': '1' }, 'Give a whole number from 2 to 15 check-ins.'],
  [{ 'rules.visit_frequency.limit': '2.5' }, 'Give a whole number from 2 to 15 check-ins.'],
  [{ 'rules.visit_frequency.limit': ' ' }, 'Fill this in.'],
  [{ 'rules.point_edits.amount_limit': '1e3' }, 'Give a whole number from 1 to 1,000,000 points.'],
  [{ 'contact_us.url': 'http://example.com' }, 'Give a web address that begins with https://.'],
  [{ 'contact_us.email': 'help@example' }, 'Give an e-mail address such as help@example.com.'],
  [{ 'contact_us.phone': '5'.repeat(201) }, 'Use at most 200 characters.'],
  [{ 'rules.outside_hours.override_open': '9' }, 'Give both the opening and the closing time, or neither.'],
  [{ 'rules.outside_hours.override_close': '9' }, 'Give both the opening and the closing time, or neither.'],
  [
    { 'rules.outside_hours.override_open': '9', 'rules.outside_hours.override_close': '09:00' },
    'Close at another time. All day is 00:00 to 24:00.',
  ],
  [
    { 'rules.outside_hours.override_open': '24:00', 'rules.outside_hours.override_close': '9' },
    'Open before midnight.',
  ],
  [
    { 'rules.outside_hours.override_open': 'nine', 'rules.outside_hours.override_close': '17' },
    'Give a time of day such as 09:00, from 00:00 to 24:00.',
  ],
])('%o cannot be saved', (edit, sentence) => {
  expect(Object.values(problemsOf({ ...DEFAULTS, ...edit }))).toEqual([sentence]);
});

test('what may be left out may be left out', () => {
  expect(problemsOf({ ...DEFAULTS, 'rules.point_edits.count_limit': '', 'contact_us.url': '' })).toEqual({});
});

test('errors of the API are told at their fields', () => {
  const error = (field: string) => ({ field, message: `About ${field}.` });
  const { problems, rest } = problemsFrom(
    ['rules.visit_frequency.limit', 'notifications.recipients.2', 'rules.outside_hours', 'colour'].map(error),
  );
  expect(problems).toEqual({
    'rules.visit_frequency.limit': 'About rules.visit_frequency.limit.',
    'notifications.recipients': 'About notifications.recipients.2.',
    'rules.outside_hours.override_open': 'About rules.outside_hours.',
  });
  expect(rest).toEqual([error('colour')]);
});
