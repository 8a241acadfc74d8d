// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.
import type { RuleForm } from '@/pages/settings/rule-form';
import { shown } from '@/shared/sentences';

export const RULE_FORMS: readonly RuleForm[] = [
  {
    name: 'visit_frequency',
    over: 'check_ins',
    about: 'More often than people come.',
    together: null,
    sentences: [
      {
        parts: () => [
          'Flag a member on check-in number ',
          { path: 'rules.visit_frequency.limit' },
          ' within ',
          { path: 'rules.visit_frequency.window_days' },
          ' days, at any of your locations.',
        ],
        hint: null,
      },
    ],
  },
  {
    name: 'consecutive_check_ins',
    over: 'check_ins',
    about: 'Again as soon as the cooldown allows, and again.',
    together: null,
    sentences: [
      {
        parts: (values) => [
          'Flag a member on check-in number ',
          { path: 'rules.consecutive_check_ins.limit' },
          ' in a row, each ',
          ...(values.cooldown_minutes === 0
            ? ['one to two cooldowns']
            : [shown(values.cooldown_minutes), ' to ', shown(values.twice_cooldown_minutes), ' minutes']),
          ' after the one before.',
        ],
        hint: (values) => [
          ...(values.cooldown_minutes === 0
            ? ['With a cooldown of 0 minutes, this rule never flags anybody.']
            : []),
        ],
      },
    ],
  },
  {
    name: 'back_to_back',
    over: 'pairs',
    about: 'The same two members, directly after one another. Both are flagged.',
    together: null,
    sentences: [
      {
        parts: () => [
          'Flag both when one follows the other ',
          { path: 'rules.back_to_back.limit' },
          ' times within ',
          { path: 'rules.back_to_back.window_days' },
          ' days, at most ',
          { path: 'rules.back_to_back.max_gap_minutes' },
          ' minutes apart, ',
          { path: 'rules.back_to_back.match_on' },
        ],
        hint: () => ['The spot is about 40 by 20 metres, where the app sends positions.'],
      },
    ],
  },
  {
    name: 'point_edits',
    over: 'point_edits',
    about: 'Points changed by hand.',
    together: null,
    sentences: [
      {
        parts: () => [
          'Flag a member when one edit changes more than ',
          { path: 'rules.point_edits.amount_limit' },
          ' points, up or down.',
        ],
        hint: null,
      },
      {
        parts: () => [
          'Flag a member too on edit number ',
          { path: 'rules.point_edits.count_limit' },
          ' within ',
          { path: 'rules.point_edits.window_days' },
          ' days.',
        ],
        hint: () => ['Leave the number of edits empty to look at the size of each edit only.'],
      },
    ],
  },
  {
    name: 'outside_hours',
    over: 'attempts',
    about: 'Checking in while the location is closed. The check-in is refused too.',
    together: {
      paths: ['rules.outside_hours.override_open', 'rules.outside_hours.override_close'],
      sentence: 'Give both the opening and the closing time, or neither.',
    },
    sentences: [
      {
        parts: () => [
          'A location without hours is open every day from ',
          { path: 'rules.outside_hours.override_open' },
          ' to ',
          { path: 'rules.outside_hours.override_close' },
        ],
        hint: () => [
          'From 00:00 to 24:00 is all day; a closing time before the opening time is on the next day. Leave both empty, and those locations are never closed. ',
          { text: 'Locations', href: '/settings/locations' },
          ' with hours of their own keep them.',
        ],
      },
    ],
  },
];
