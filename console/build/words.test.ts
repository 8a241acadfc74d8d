import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Schema } from './settings';
import { generated } from './words';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const SCHEMAS = (JSON.parse(read('openapi.json')) as { components: { schemas: Record<string, Schema> } })
  .components.schemas;
const WORDS = read('layers/common/redflag/words/en.ftl');

/** A rule with a setting of each kind. */
const LATE: Schema = {
  'x-rule': {
    name: 'late_visits',
    over: 'check_ins',
    sentences: ['limit', 'days'],
    chart: { kind: 'window', items: 'check_ins', days: 'window_days' },
  },
  properties: {
    mode: { $ref: '#/components/schemas/Mode', default: 'off' },
    limit: { type: 'integer', minimum: 1, maximum: 9, default: 3, 'x-unit': 'check-in' },
    window_days: { type: 'integer', minimum: 1, maximum: 90, default: 7, 'x-unit': 'day' },
    most: { anyOf: [{ type: 'integer', minimum: 1, maximum: 5 }, { type: 'null' }], 'x-unit': 'edit' },
    kind: { type: 'string', enum: ['app', 'kiosk'], default: 'app' },
    weekends: { type: 'boolean', default: true },
    since: { type: 'string', default: '22:00', 'x-format': 'clock' },
  },
};
const LATE_WORDS = `
rule-late_visits = Late visits
    .about = After a time of day.
    .limit = Flag on { $limit } { $limit ->
        [one] check-in
       *[other] check-ins
    } after { $since } within { $window_days } days, { $kind }.
    .limit-hint = { $weekends ->
        [true] Weekends count.
       *[false] They do not.
    } See { page-locations }.
    .days = At most { $most }, weekends { $weekends }
    .setting-limit = limit
    .setting-window_days = within
    .setting-most = most
    .setting-kind = where
    .kind-app = in the app
    .kind-kiosk = at a kiosk
    .setting-weekends = weekends
    .setting-since = from
    .chart = Late visits in { $days }
`;

function withLate(change: Partial<Schema> = {}): Record<string, Schema> {
  return {
    ...SCHEMAS,
    LateVisits: { ...LATE, ...change },
    Rule: { enum: [...(SCHEMAS.Rule?.enum ?? []), 'late_visits'] },
    Rules: { properties: { ...SCHEMAS.Rules?.properties, late_visits: { $ref: '#/LateVisits' } } },
  };
}

const changed = (properties: Record<string, Schema>) =>
  withLate({ properties: { ...LATE.properties, ...properties } });
const squeezed = (code: string | undefined) => code?.replace(/\s+/g, ' ');

test('a new rule is all there by its schema and its words', () => {
  const files = generated(withLate(), WORDS + LATE_WORDS);
  expect(files['vocabularies.ts']).toContain('"late_visits": "Late visits"');
  expect(squeezed(files['charts.ts'])).toContain(
    '"late_visits": { kind: "window", items: "check_ins", days: "rules.late_visits.window_days", what: (days: string) => `Late visits in ${days}` }',
  );
  for (const field of [
    '"rules.late_visits.mode":{"kind":"choice","label":"Late visits","fallback":"off",',
    '"rules.late_visits.limit":{"kind":"whole","label":"Late visits, limit","fallback":3,"low":1,"high":9,"unit":"check-in"}',
    '"rules.late_visits.most":{"kind":"whole","label":"Late visits, most","fallback":null,"low":1,"high":5,"unit":"edit"}',
    '"rules.late_visits.kind":{"kind":"choice","label":"Late visits, where","fallback":"app","words":{"app":"in the app","kiosk":"at a kiosk"}}',
    '"rules.late_visits.weekends":{"kind":"switch","label":"Late visits, weekends","fallback":true}',
    '"rules.late_visits.since":{"kind":"clock","label":"Late visits, from","fallback":"22:00"}',
  ]) {
    expect(files['settings.ts']).toContain(field);
  }
});

test('a sentence has an input for each setting, variants by values, and links to pages', () => {
  const code = squeezed(generated(withLate(), WORDS + LATE_WORDS)['rules.ts']);
  for (const part of [
    '"Flag on ", { path: "rules.late_visits.limit" }, " ", ...(pluralOf(values.limit) === "one" ? ["check-in"] : ["check-ins"]), " after "',
    '...(String(values.weekends) === "true" ? ["Weekends count."] : ["They do not."])',
    '" See ", {"text":"Locations","href":"/settings/locations"}, "."',
  ]) {
    expect(code).toContain(part);
  }
});

const without = (line: string) => WORDS + LATE_WORDS.replace(line, '');

test.each<[string, Record<string, Schema>, string, string]>([
  ['a rule', withLate(), WORDS, 'The Rule late_visits has no words: write rule-late_visits'],
  [
    'a sentence',
    withLate(),
    without('.days = At most { $most }, weekends { $weekends }'),
    'The sentence days has no words: write rule-late_visits.days',
  ],
  [
    'a setting',
    withLate(),
    without('.setting-most = most'),
    'The setting rules.late_visits.most has no words: write rule-late_visits.setting-most',
  ],
  [
    'a choice',
    withLate(),
    without('.kind-kiosk = at a kiosk'),
    'The choice kiosk has no words: write rule-late_visits.kind-kiosk',
  ],
  ['a chart', withLate(), without('.chart = Late visits in { $days }'), 'write rule-late_visits.chart'],
  [
    'an input',
    withLate(),
    without('within { $window_days } days, '),
    'rules.late_visits.window_days stands in no sentence: write { $window_days } in one of rule-late_visits',
  ],
  [
    'a value of an enum',
    { ...SCHEMAS, Access: { enum: ['active', 'suspended', 'blocked', 'paused'] } },
    WORDS,
    'The Access paused has no words: write access-paused',
  ],
  [
    'a unit',
    changed({ most: { type: 'integer', minimum: 1, maximum: 2, default: 1, 'x-unit': 'visit' } }),
    WORDS + LATE_WORDS,
    'The unit of rules.late_visits.most has no words: write unit-visit',
  ],
])('%s without words is named', (_, schemas, words, problem) => {
  expect(() => generated(schemas, words)).toThrow(problem);
});

test.each<[string, Record<string, Schema>, string, string]>([
  [
    'a variable that there is not',
    withLate(),
    WORDS + LATE_WORDS.replace('{ $since }', '{ $until }'),
    'rule-late_visits.limit has $until; it can have $limit,',
  ],
  ['words of nothing', SCHEMAS, `${WORDS}\nmode-loud = loud\n`, 'Nothing shows mode-loud'],
  ['what is no message', SCHEMAS, `${WORDS}\nmode loud\n`, 'This is no message: mode loud'],
  [
    'a number without a range',
    changed({ most: { type: 'integer', default: 1, 'x-unit': 'edit' } }),
    WORDS + LATE_WORDS,
    'rules.late_visits.most is a number without a minimum, a maximum or an x-unit',
  ],
  [
    'a kind without an input',
    changed({ most: { type: 'number', default: 1 } }),
    WORDS + LATE_WORDS,
    'rules.late_visits.most is of a kind that no form has an input for',
  ],
  [
    'a list in a rule',
    changed({ most: { type: 'array', default: [] } }),
    WORDS + LATE_WORDS,
    'rules.late_visits.most has no input within a sentence',
  ],
  [
    'a chart over days that are none',
    withLate({
      'x-rule': { ...LATE['x-rule'], chart: { kind: 'window', items: 'check_ins', days: 'limit' } } as never,
    }),
    WORDS + LATE_WORDS,
    'The chart of late_visits needs a setting in days, and is given limit',
  ],
])('%s is named', (_, schemas, words, problem) => {
  expect(() => generated(schemas, words)).toThrow(problem);
});
