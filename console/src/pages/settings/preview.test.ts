import { expect, test } from 'vitest';
import type { SettingsPreview } from '@/api/settings';
import { DEFAULTS, type Form } from './form';
import { affected, isAffected, lineOf, lists, outcome, refusals, type RulePreview } from './preview';

type Mode = RulePreview['current']['mode'];

const NOBODY = { number: 0, members: [] };
const ANA = { number: 1, members: [{ member_id: 'm_ana', name: 'Ana' }] };

function rule(now: [Mode, number], then: [Mode, number], more: Partial<RulePreview> = {}): RulePreview {
  return {
    rule: 'visit_frequency',
    current: { mode: now[0], members: now[1] },
    proposed: { mode: then[0], members: then[1] },
    added: NOBODY,
    removed: NOBODY,
    ...more,
  };
}

const added = { added: ANA };
const removed = { removed: ANA };

test.each<[RulePreview, string]>([
  [rule(['on', 12], ['on', 31], added), '31 members flagged instead of 12'],
  [rule(['on', 1], ['on', 0], removed), 'nobody flagged instead of 1'],
  [rule(['on', 0], ['on', 1], added), '1 member flagged instead of none'],
  [rule(['on', 12], ['on', 12]), '12 members flagged, as now'],
  [rule(['on', 0], ['on', 0]), 'nobody flagged, as now'],
  [rule(['on', 3], ['on', 3], { ...added, ...removed }), '3 members flagged as now, but others'],
  [rule(['off', 0], ['on', 1200], added), '1,200 members flagged instead of none'],
  [rule(['off', 0], ['on', 0]), 'nobody flagged, as now'],
  [rule(['on', 4], ['off', 0], removed), 'nobody flagged instead of 4'],
  [rule(['off', 0], ['shadow', 2], added), '2 members recorded instead of none'],
  [rule(['shadow', 2], ['off', 0], removed), 'nobody recorded instead of 2'],
  [rule(['shadow', 2], ['shadow', 2]), '2 members recorded, as now'],
  [rule(['shadow', 2], ['on', 2], added), '2 members flagged instead of 2 recorded'],
  [rule(['on', 5], ['shadow', 5], removed), '5 members recorded instead of 5 flagged'],
])('%o is told as: %s', (found, sentence) => {
  expect(outcome(found)).toBe(sentence);
});

test('whom a rule makes a difference to is told by what it does to them', () => {
  const titles = (found: RulePreview) => lists(found).map(({ title }) => title);
  expect(titles(rule(['on', 1], ['on', 1], { ...added, ...removed }))).toEqual([
    'Flagged in addition',
    'No longer flagged',
  ]);
  expect(titles(rule(['off', 0], ['shadow', 1], added))).toEqual(['Recorded in addition']);
  expect(titles(rule(['shadow', 1], ['off', 0], removed))).toEqual(['No longer recorded']);
  expect(titles(rule(['on', 1], ['on', 1]))).toEqual([]);
});

test('refused attempts are counted beside those of now', () => {
  expect(refusals({ current: 40, proposed: 1 })).toBe('1 attempt instead of 40');
  expect(refusals({ current: 1000, proposed: 1000 })).toBe('1,000 attempts, as now');
});

test('a rule that could not be judged says why', () => {
  const count = { current: 0, proposed: 0 };
  const preview: SettingsPreview = {
    since: '',
    until: '',
    members: 1,
    check_ins: 1,
    complete: false,
    explanation: 'Not all.',
    rules: [],
    left_out: [{ rule: 'back_to_back', explanation: 'Nobody knows.' }],
    refused: { too_soon: count, outside_business_hours: count },
  };
  expect(lineOf(preview, 'back_to_back')).toEqual({ what: 'Nobody knows.', found: null });
});

const edited = (edit: Partial<Form>) => affected(DEFAULTS, { ...DEFAULTS, ...edit });

test.each<[Partial<Form>, string[], string[]]>([
  [{ 'rules.visit_frequency.limit': '4' }, ['visit_frequency'], []],
  [{ 'rules.back_to_back.mode': 'on' }, ['back_to_back'], []],
  [{ 'rules.point_edits.mode': 'shadow' }, ['point_edits'], []],
  // What changes which check-ins are accepted changes what every rule that looks at them finds.
  [{ 'check_in.cooldown_minutes': '5' }, ['visit_frequency'], ['too_soon']],
  [{ 'rules.outside_hours.mode': 'on' }, ['visit_frequency', 'outside_hours'], ['outside_business_hours']],
])('%o may make a difference to %o and %o', (edit, rules, refused) => {
  expect(edited(edit)).toEqual({ rules, refusals: refused });
});

test.each<Partial<Form>>([
  {},
  { 'rules.back_to_back.limit': '5' },
  { 'rules.outside_hours.override_open': '09:00', 'rules.outside_hours.override_close': '17:00' },
  { automatically_suspend: true },
  { 'notifications.hour': '9', 'contact_us.phone': '5' },
])('%o makes none: no rule that looks is changed', (edit) => {
  expect(isAffected(edited(edit))).toBe(false);
});
