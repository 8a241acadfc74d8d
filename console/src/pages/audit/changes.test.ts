import { expect, test } from 'vitest';
import { changesBetween } from './changes';

test('of two documents only what differs is shown, by where it stands', () => {
  const before = { version: 1, settings: { rules: { visit_frequency: { mode: 'on', limit: 5 } } } };
  const after = { version: 1, settings: { rules: { visit_frequency: { mode: 'on', limit: 6 } } } };
  expect(changesBetween(before, after)).toEqual([
    { what: 'settings › rules › Many check-ins › limit', before: '5', after: '6' },
  ]);
});

test('what was made has no values before, and what was taken away has none after', () => {
  expect(changesBetween(null, { role: 'owner' })).toEqual([{ what: 'role', before: '–', after: 'owner' }]);
  expect(changesBetween({ role: 'owner' }, null)).toEqual([{ what: 'role', before: 'owner', after: '–' }]);
});

test('nothing before and after is no change', () => {
  expect(changesBetween(null, null)).toEqual([]);
  expect(changesBetween({ url: null }, { url: null })).toEqual([]);
});

test('values are shown in words', () => {
  const after = {
    trusted: true,
    hidden: false,
    open_rules: ['visit_frequency', 'manual'],
    recipients: [],
    hours: { mon: [{ open: '09:00', close: '17:00' }] },
  };
  expect(changesBetween(null, after).map(({ what, after: words }) => [what, words])).toEqual([
    ['trusted', 'yes'],
    ['hidden', 'no'],
    ['open rules', 'Many check-ins, Flagged by staff'],
    ['recipients', 'none'],
    ['hours › mon', 'open 09:00 close 17:00'],
  ]);
});

test('zero is a value', () => {
  expect(changesBetween({ balance: 0 }, { balance: 50 })).toEqual([
    { what: 'balance', before: '0', after: '50' },
  ]);
});
