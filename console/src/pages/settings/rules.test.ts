import { expect, test } from 'vitest';
import { RULE_FORMS } from '@/generated/rules';
import { DEFAULTS, type Form } from './form';
import type { Part } from './rule-form';
import { pathsIn, valuesOf } from './rules';

const told = (parts: Part[]) =>
  parts.map((part) => (typeof part === 'string' ? part : 'path' in part ? '…' : part.text)).join('');

function sentences(rule: string, edit: Partial<Form> = {}): string[] {
  const values = valuesOf(rule, { ...DEFAULTS, ...edit }, DEFAULTS);
  const form = RULE_FORMS.find(({ name }) => name === rule);
  return (form?.sentences ?? []).flatMap(({ parts, hint }) => [
    told(parts(values)),
    hint === null ? '' : told(hint(values)),
  ]);
}

test.each<[string, string, string]>([
  ['60', 'each 60 to 120 minutes after the one before.', ''],
  ['1000', 'each 1,000 to 2,000 minutes after the one before.', ''],
  [
    '0',
    'each one to two cooldowns after the one before.',
    'With a cooldown of 0 minutes, this rule never flags anybody.',
  ],
  // What cannot be is not told of; the current cooldown is.
  ['soon', 'each 60 to 120 minutes after the one before.', ''],
  ['', 'each 60 to 120 minutes after the one before.', ''],
])('with a cooldown of %o, check-ins in a row are told by it', (minutes, each, hint) => {
  const [sentence, besides] = sentences('consecutive_check_ins', { 'check_in.cooldown_minutes': minutes });
  expect(sentence).toBe(`Flag a member on check-in number … in a row, ${each}`);
  expect(besides).toBe(hint);
});

test('a hint leads to the page that it names', () => {
  expect(sentences('outside_hours')[1]).toContain('never closed. Locations with hours of their own');
});

test('values of a rule are what its settings are, and null what no number can be made of', () => {
  const edit = { 'rules.point_edits.count_limit': '', 'rules.point_edits.amount_limit': 'many' };
  expect(valuesOf('point_edits', { ...DEFAULTS, ...edit }, DEFAULTS)).toEqual({
    mode: 'off',
    amount_limit: null,
    count_limit: null,
    window_days: 7,
    cooldown_minutes: 60,
    twice_cooldown_minutes: 120,
  });
});

test('the settings in a sentence are known in its order', () => {
  const [first] = RULE_FORMS;
  expect(pathsIn(first?.sentences[0]?.parts({}) ?? [])).toEqual([
    'rules.visit_frequency.limit',
    'rules.visit_frequency.window_days',
  ]);
});
