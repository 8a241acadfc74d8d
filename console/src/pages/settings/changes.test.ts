import { expect, test } from 'vitest';
import { changesBetween, rebase } from './changes';
import { DEFAULTS, type Form } from './form';

const edited = (edit: Partial<Form>): Form => ({ ...DEFAULTS, ...edit });

test.each<[Partial<Form>, string]>([
  [{ 'rules.back_to_back.mode': 'shadow' }, 'Back-to-back check-ins: from off to shadow'],
  [{ 'rules.visit_frequency.limit': '4' }, 'Many check-ins, limit: from 5 check-ins to 4 check-ins'],
  [{ 'rules.visit_frequency.window_days': '1' }, 'Many check-ins, within: from 7 days to 1 day'],
  [{ 'rules.visit_frequency.limit': 'x' }, 'Many check-ins, limit: from 5 check-ins to x'],
  [{ 'rules.point_edits.count_limit': '4' }, 'Point edits, number of edits: set to 4 edits'],
  [{ automatically_suspend: true }, 'Automatically suspend: turned on'],
  [{ show_flags_on_members_page: false }, 'Show flags on the members page: turned off'],
  [{ 'notifications.hour': '17' }, 'Hour of mails: from 08:00 to 17:00'],
  [{ 'notifications.frequency': 'off' }, 'How often mails are sent: from daily to never'],
  [{ 'contact_us.phone': '555 0100' }, 'Contact us, phone: set to 555 0100'],
])('%o is told in words', (edit, words) => {
  const told = changesBetween(DEFAULTS, edited(edit)).map(({ label, what }) => `${label}: ${what}`);
  expect(told).toEqual([words]);
});

test('what goes is told too', () => {
  const before = edited({ 'contact_us.phone': '555', 'notifications.recipients': ['a@x.org', 'b@x.org'] });
  const after = edited({ 'notifications.recipients': ['b@x.org', 'c@x.org'] });
  expect(changesBetween(before, after).map(({ what }) => what)).toEqual([
    'c@x.org added; a@x.org removed',
    '555 removed',
  ]);
});

test('spaces around and the order of recipients are no change', () => {
  const before = edited({ 'notifications.recipients': ['a@x.org', 'b@x.org'] });
  const after = edited({
    'notifications.recipients': ['b@x.org', 'a@x.org'],
    'rules.visit_frequency.limit': ' 5 ',
  });
  expect(changesBetween(before, after)).toEqual([]);
});

test('edits are kept on top of what others have saved', () => {
  const mine = edited({ 'rules.visit_frequency.limit': '4' });
  const { form, theirs } = rebase(DEFAULTS, mine, edited({ 'check_in.cooldown_minutes': '30' }));
  expect(form).toEqual(edited({ 'rules.visit_frequency.limit': '4', 'check_in.cooldown_minutes': '30' }));
  expect(theirs.map(({ path, overruled }) => [path, overruled])).toEqual([
    ['check_in.cooldown_minutes', false],
  ]);
});

test('where both have changed the same, the edit stays and that is told', () => {
  const mine = edited({ 'rules.visit_frequency.limit': '4' });
  const { form, theirs } = rebase(DEFAULTS, mine, edited({ 'rules.visit_frequency.limit': '6' }));
  expect(form).toEqual(mine);
  expect(theirs.map(({ what, overruled }) => [what, overruled])).toEqual([
    ['from 5 check-ins to 6 check-ins', true],
  ]);
});

test('what others have saved just so, as one’s own save, is nothing to tell', () => {
  const mine = edited({ 'rules.visit_frequency.limit': '4' });
  expect(rebase(DEFAULTS, mine, mine)).toEqual({ form: mine, theirs: [] });
});
