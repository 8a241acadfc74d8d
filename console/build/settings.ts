import type { Catalogue } from './catalogue.ts';
import type { Sentences } from './sentences.ts';

/** A part of `openapi.json`, as far as it is read here. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: string[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  'x-unit'?: string;
  'x-format'?: string;
  'x-rule'?: RuleMetadata;
  'x-together'?: string[];
}

export type Schemas = Readonly<Record<string, Schema>>;

export interface RuleMetadata {
  name: string;
  over: string;
  sentences: string[];
  chart: { kind: string; items: string; days?: string } | null;
}

/** A setting, with everything that a form has to know of it. */
export interface Field {
  kind: 'whole' | 'choice' | 'switch' | 'text' | 'clock' | 'zone' | 'email' | 'url' | 'list';
  label: string;
  fallback: unknown;
  low?: number;
  high?: number;
  unit?: string;
  words?: Record<string, string>;
}

export interface Rule {
  schema: Schema;
  metadata: RuleMetadata;
  /** The rule's settings, its mode besides, by their names. */
  fields: Record<string, Field>;
}

const FORMATS = ['clock', 'zone', 'email', 'url'] as const;
const HOUR = 'hour-of-day';

/** The settings of a program as `openapi.json` has them, with their words. */
export class Settings {
  /** Every setting by its path, those of rules first, as pages have them. */
  readonly fields: Record<string, Field> = {};
  readonly rules: Rule[] = [];
  readonly #schemas: Schemas;
  readonly #catalogue: Catalogue;
  readonly #sentences: Sentences;

  constructor(schemas: Schemas, catalogue: Catalogue, sentences: Sentences) {
    this.#schemas = schemas;
    this.#catalogue = catalogue;
    this.#sentences = sentences;
    const parts = this.#propertiesOf({ $ref: '#/SettingsDocument' });
    for (const [name, part] of Object.entries(this.#propertiesOf(parts.rules ?? {}))) this.#rule(name, part);
    for (const [name, part] of Object.entries(parts)) if (name !== 'rules') this.#part(name, part);
  }

  #propertiesOf(schema: Schema): Record<string, Schema> {
    return this.#resolved(schema).properties ?? {};
  }

  #resolved(schema: Schema): Schema {
    const name = nameOf(schema);
    return name === null ? schema : { ...this.#schemas[name], ...schema };
  }

  #rule(name: string, part: Schema): void {
    const schema = this.#resolved(part);
    const metadata = schema['x-rule'];
    if (metadata?.name !== name) {
      this.#problem(`The rule ${name} has no x-rule with its name`);
      return;
    }
    const fields: Record<string, Field> = {};
    for (const [setting, property] of Object.entries(schema.properties ?? {})) {
      const path = `rules.${name}.${setting}`;
      const message = setting === 'mode' ? `rule-${name}` : `rule-${name}.setting-${setting}`;
      const own = this.#words(message, `The setting ${path}`);
      const label = setting === 'mode' ? own : this.#ofRule(name, own);
      const words = setting === 'mode' ? this.#prefixed('mode') : this.#attributes(name, setting);
      const field = this.#field(path, property, label, words);
      if (field === null) continue;
      this.fields[path] = field;
      if (setting !== 'mode') fields[setting] = field;
    }
    this.rules.push({ schema, metadata, fields });
  }

  #part(path: string, part: Schema): void {
    const inside = this.#resolved(part).properties;
    if (inside) {
      for (const [name, each] of Object.entries(inside)) this.#part(`${path}.${name}`, each);
      return;
    }
    const message = `setting-${path.replaceAll('.', '-')}`;
    const label = this.#words(message, `The setting ${path}`);
    const schema = nameOf(part);
    const field = this.#field(path, part, label, this.#prefixed(schema ? kebab(schema) : message));
    if (field) this.fields[path] = field;
  }

  #field(path: string, property: Schema, label: string, words: (value: string) => string): Field | null {
    const nullable = property.anyOf?.some(({ type }) => type === 'null') ?? false;
    const given = property.anyOf?.find(({ type }) => type !== 'null') ?? property;
    const schema = this.#resolved(given);
    const fallback = property.default ?? null;
    const common = { label, fallback };
    if (fallback === null && !nullable) this.#problem(`The setting ${path} has no default`);
    if (schema.enum && !nullable) {
      return { kind: 'choice', ...common, words: Object.fromEntries(schema.enum.map((v) => [v, words(v)])) };
    }
    if (schema.type === 'integer') return this.#whole(path, schema, property['x-unit'], common);
    if (schema.type === 'boolean' && !nullable) return { kind: 'switch', ...common };
    if (schema.type === 'array' && !nullable) return { kind: 'list', ...common };
    if (schema.type === 'string' && !schema.enum) {
      const format = property['x-format'];
      const kind = FORMATS.find((each) => each === format);
      if (format !== undefined && !kind)
        this.#problem(`The setting ${path} has no known x-format: ${format}`);
      return { kind: kind ?? 'text', ...common };
    }
    this.#problem(`The setting ${path} is of a kind that no form has an input for`);
    return null;
  }

  #whole(
    path: string,
    { minimum, maximum }: Schema,
    unit: string | undefined,
    common: Pick<Field, 'label' | 'fallback'>,
  ): Field | null {
    if (minimum === undefined || maximum === undefined || unit === undefined) {
      this.#problem(`The setting ${path} is a number without a minimum, a maximum or an x-unit`);
      return null;
    }
    if (unit !== HOUR) this.#catalogue.need(`unit-${unit}`, `The unit of ${path}`);
    return { kind: 'whole', ...common, low: minimum, high: maximum, ...(unit === HOUR ? {} : { unit }) };
  }

  #words(message: string, what: string): string {
    const pattern = this.#catalogue.need(message, what);
    return pattern ? this.#sentences.known(pattern, {}, message) : '';
  }

  #ofRule(rule: string, setting: string): string {
    const pattern = this.#catalogue.need('setting-of-rule', 'A setting of a rule');
    const title = this.#words(`rule-${rule}`, `The rule ${rule}`);
    const scope = {
      rule: { kind: 'known' as const, text: title },
      setting: { kind: 'known' as const, text: setting },
    };
    return pattern ? this.#sentences.known(pattern, scope, 'setting-of-rule') : '';
  }

  #prefixed(prefix: string): (value: string) => string {
    return (value) => this.#words(`${prefix}-${value}`, `The choice ${value}`);
  }

  #attributes(rule: string, setting: string): (value: string) => string {
    return (value) => this.#words(`rule-${rule}.${setting}-${value}`, `The choice ${value}`);
  }

  #problem(sentence: string): void {
    this.#catalogue.problems.push(sentence);
  }
}

/** The name of the schema that one refers to. */
function nameOf({ $ref }: Schema): string | null {
  return $ref?.split('/').at(-1) ?? null;
}

/** `FlagStatus` as messages have it: `flag-status`. */
export function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}
