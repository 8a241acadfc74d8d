import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { Catalogue } from './catalogue.ts';
import { Forms } from './forms.ts';
import { Sentences } from './sentences.ts';
import { kebab, Settings, type Schemas } from './settings.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const API = root('openapi.json');
const WORDS = root('layers/common/redflag/words/en.ftl');
const GENERATED = root('console/src/generated/');

/** The enums of the API whose values have words, and what their table is called. */
const VOCABULARIES = {
  Rule: 'RULES',
  FlagStatus: 'FLAG_STATUSES',
  Access: 'ACCESS',
  Membership: 'MEMBERSHIPS',
  Outcome: 'OUTCOMES',
};
/** Those that are chosen from in forms: each value has a title and says what it does. */
const CHOICES = { Mode: 'MODES', Frequency: 'FREQUENCIES' };
/** Those that say who somebody is: each value has a name and says what it may do. */
const ROLES = { StaffRole: 'STAFF_ROLES', ClientKind: 'CLIENT_KINDS' };

/** What messages of pages begin with; the others are those of mails. */
const OF_PAGES = [
  ...['rule-', 'setting-', 'unit-', 'event-', 'page-'],
  ...[VOCABULARIES, CHOICES, ROLES].flatMap(Object.keys).map((name) => `${kebab(name)}-`),
];

const HEADER = '// Made of openapi.json and the catalogue of words by `npm run api`. Change those instead.';
const SCHEMAS = "import type { components } from '@/api/schema';";
const TABLE = (schema: string, of = 'string') =>
  `Readonly<Record<components['schemas']['${schema}'], ${of}>>`;

/** The generated files by their names, unformatted. Throws with every problem that there is, one a line. */
export function generated(schemas: Schemas, words: string): Record<string, string> {
  const catalogue = new Catalogue(words);
  const sentences = new Sentences(catalogue);
  const settings = new Settings(schemas, catalogue, sentences);
  const forms = new Forms(catalogue, sentences);

  const text = (name: string, what: string): string => {
    const pattern = catalogue.need(name, what);
    return pattern ? sentences.text(pattern, {}, name) : "''";
  };
  const valuesOf = (schema: string): string[] => {
    const values = schemas[schema]?.enum;
    if (!values) catalogue.problems.push(`openapi.json has no enum ${schema}`);
    return values ?? [];
  };
  const table = (schema: string, row: (message: string, what: string) => string) =>
    `{${valuesOf(schema)
      .map(
        (value) => `${JSON.stringify(value)}: ${row(`${kebab(schema)}-${value}`, `The ${schema} ${value}`)}`,
      )
      .join(', ')}}`;

  const vocabularies = Object.entries(VOCABULARIES).map(
    ([schema, name]) => `export const ${name}: ${TABLE(schema)} = ${table(schema, text)};`,
  );
  const events = catalogue
    .after('event-')
    .map((name) => `${JSON.stringify(name)}: ${text(`event-${name}`, '')}`);
  const units = catalogue.after('unit-').map((unit) => {
    const pattern = catalogue.need(`unit-${unit}`, '');
    const scope = { count: { kind: 'value' as const, code: 'count', text: 'shown(count)' } };
    return `${JSON.stringify(unit)}: (count: number) => ${pattern ? sentences.text(pattern, scope, `unit-${unit}`) : "''"}`;
  });
  const described = (vocabularies: Record<string, string>, title: string) =>
    Object.entries(vocabularies).map(([schema, name]) => {
      const rows = table(
        schema,
        (message, what) =>
          `{ title: ${text(`${message}${title}`, what)}, about: ${text(`${message}.about`, what)} }`,
      );
      return `export const ${name}: ${TABLE(schema, '{ title: string; about: string }')} = ${rows};`;
    });
  const choices = described(CHOICES, '.title');
  const roles = described(ROLES, '');
  const charts = settings.rules.map((rule) => `${JSON.stringify(rule.metadata.name)}: ${forms.chart(rule)}`);
  const shown = settings.rules.map((rule) => forms.form(rule));

  for (const name of catalogue.unused(OF_PAGES)) catalogue.problems.push(`Nothing shows ${name}`);
  if (catalogue.problems.length > 0) throw new Error([...new Set(catalogue.problems)].join('\n'));
  return {
    'vocabularies.ts': [
      HEADER,
      SCHEMAS,
      '',
      ...vocabularies,
      `export const EVENTS = {${events.join(', ')}};`,
    ].join('\n'),
    'units.ts': [
      HEADER,
      withHelpers(units.join(), `export const UNITS = {${units.join(', ')}};`),
      'export type Unit = keyof typeof UNITS;',
    ].join('\n'),
    'settings.ts': [
      HEADER,
      SCHEMAS,
      "import type { Field } from '@/pages/settings/field';",
      '',
      `export const FIELDS = ${JSON.stringify(settings.fields)} as const satisfies Record<string, Field>;`,
      ...choices,
    ].join('\n'),
    'roles.ts': [HEADER, SCHEMAS, '', ...roles].join('\n'),
    'rules.ts': [
      HEADER,
      "import type { RuleForm } from '@/pages/settings/rule-form';",
      withHelpers(shown.join(), `export const RULE_FORMS: readonly RuleForm[] = [${shown.join(', ')}];`),
    ].join('\n'),
    'charts.ts': [
      HEADER,
      "import type { Chart } from '@/pages/member/chart';",
      withHelpers(
        charts.join(),
        `export const CHARTS: Readonly<Record<string, Chart | null>> = {${charts.join(', ')}};`,
      ),
    ].join('\n'),
  };
}

/** Code after the import of what it calls. */
function withHelpers(code: string, whole: string): string {
  const called = ['pluralOf', 'shown'].filter((name) => code.includes(`${name}(`));
  return called.length === 0
    ? whole
    : `import { ${called.join(', ')} } from '@/shared/sentences';\n\n${whole}`;
}

/** Write the files, or say which are not what they would be. */
export async function main(check: boolean): Promise<number> {
  const { components } = JSON.parse(readFileSync(API, 'utf8')) as { components: { schemas: Schemas } };
  const style = await resolveConfig(GENERATED);
  let files: Record<string, string>;
  try {
    files = generated(components.schemas, readFileSync(WORDS, 'utf8'));
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return 1;
  }
  let stale = 0;
  for (const [name, code] of Object.entries(files)) {
    const text = await format(code, { ...style, parser: 'typescript' });
    if (!check) writeFileSync(GENERATED + name, text);
    else if (contentOf(GENERATED + name) !== text) {
      console.error(`src/generated/${name} is not what openapi.json and the words say. Run: npm run api`);
      stale = 1;
    }
  }
  return stale;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
