import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counted, fieldAt, FIELDS, PATHS, rangeInWords, rangeOf, type Field } from './fields';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

const { components } = JSON.parse(
  readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8'),
) as { components: { schemas: Record<string, Schema> } };

/** The settings of a document of the API by their paths. */
function leaves(schema: Schema, under = ''): [string, Schema][] {
  const shape = { ...components.schemas[schema.$ref?.split('/').at(-1) ?? ''], ...schema };
  if (!shape.properties) return [[under, shape]];
  return Object.entries(shape.properties).flatMap(([name, inside]) =>
    leaves(inside, under === '' ? name : `${under}.${name}`),
  );
}

const SETTINGS = leaves({ $ref: 'SettingsDocument' });

function known(field: Field): Schema {
  if (field.kind === 'whole') return { minimum: field.low, maximum: field.high };
  return field.kind === 'choice' ? { enum: Object.keys(field.words) } : {};
}

test('every setting of the API has its field, and no other', () => {
  expect([...PATHS].sort()).toEqual(SETTINGS.map(([path]) => path).sort());
});

test.each(SETTINGS)('%s has the range and the default of the API', (path, schema) => {
  const { minimum, maximum, enum: choices } = schema.anyOf?.[0] ?? schema;
  const field = fieldAt(path as keyof typeof FIELDS);
  expect(JSON.stringify(known(field))).toBe(JSON.stringify({ minimum, maximum, enum: choices }));
  expect(field.fallback).toEqual(schema.default ?? null);
});

test('ranges and numbers are told in words', () => {
  expect(rangeInWords(FIELDS['rules.visit_frequency.limit'])).toBe('2 to 15 check-ins, default 5');
  expect(rangeInWords(FIELDS['rules.point_edits.count_limit'])).toBe('2 to 100 edits, or empty (default)');
  expect(counted(1, FIELDS['retention.history_days'])).toBe('1 day');
  expect(counted(1000, FIELDS['retention.history_days'])).toBe('1,000 days');
  expect(counted(8, FIELDS['notifications.hour'])).toBe('08:00');
  const clock = { kind: 'clock', label: 'From', fallback: '22:00' } as const;
  expect(rangeOf(clock)).toBe('00:00 to 24:00, default 22:00');
  expect(rangeOf(FIELDS['rules.outside_hours.override_open'])).toBeNull();
  expect(rangeOf(FIELDS['rules.back_to_back.match_on'])).toBeNull();
});
