import type { Catalogue } from './catalogue.ts';
import type { Scope, Sentences } from './sentences.ts';
import type { Rule } from './settings.ts';

const OVER = ['check_ins', 'pairs', 'point_edits', 'attempts'];
const CHARTS = ['window', 'run', 'amounts'];
const ITEMS = ['check_ins', 'pairs', 'point_edits'];
/** What stands within a sentence. */
const INPUTS = ['whole', 'choice', 'switch', 'clock'];
const OF_THE_FORM = ['cooldown_minutes', 'twice_cooldown_minutes'];

/** The forms and the charts of rules, as code. */
export class Forms {
  readonly #catalogue: Catalogue;
  readonly #sentences: Sentences;

  constructor(catalogue: Catalogue, sentences: Sentences) {
    this.#catalogue = catalogue;
    this.#sentences = sentences;
  }

  /** What the settings page shows of a rule. */
  form(rule: Rule): string {
    const { name, over, sentences } = rule.metadata;
    if (!OVER.includes(over))
      this.#problem(`The rule ${name} is over ${over}; it can be over ${OVER.join(', ')}`);
    for (const [setting, { kind }] of Object.entries(rule.fields)) {
      if (!INPUTS.includes(kind)) this.#problem(`rules.${name}.${setting} has no input within a sentence`);
    }
    const made = sentences.map((key) => this.#sentence(rule, key));
    for (const setting of Object.keys(rule.fields)) {
      if (!made.some(({ settings }) => settings.includes(setting))) {
        this.#problem(
          `rules.${name}.${setting} stands in no sentence: write { $${setting} } in one of rule-${name}`,
        );
      }
    }
    return `{
      name: ${JSON.stringify(name)}, over: ${JSON.stringify(over)},
      about: ${this.#text(`rule-${name}.about`, {})},
      together: ${this.#together(rule)},
      sentences: [${made.map(({ code }) => code).join(', ')}],
    }`;
  }

  /** How the evidence of a rule's flags is drawn. */
  chart({ metadata: { name, chart }, fields }: Rule): string {
    if (chart === null) return 'null';
    const { kind, items, days } = chart;
    if (!CHARTS.includes(kind))
      this.#problem(`The chart of ${name} is ${kind}; it can be ${CHARTS.join(', ')}`);
    if (!ITEMS.includes(items))
      this.#problem(`The chart of ${name} is of ${items}; it can be of ${ITEMS.join(', ')}`);
    if (kind === 'amounts' && items !== 'point_edits')
      this.#problem(`The chart of ${name}: only point_edits have amounts`);
    const head = `kind: ${JSON.stringify(kind)}, items: ${JSON.stringify(items)}`;
    if (kind === 'run') return `{ ${head}, what: ${this.#text(`rule-${name}.chart`, {})} }`;
    if (days === undefined || fields[days]?.unit !== 'day') {
      this.#problem(`The chart of ${name} needs a setting in days, and is given ${days ?? 'none'}`);
    }
    const what = this.#text(`rule-${name}.chart`, { days: { kind: 'value', code: 'days', text: 'days' } });
    const amounts = kind === 'amounts' ? `, amounts: ${this.#text(`rule-${name}.chart-amounts`, {})}` : '';
    return `{ ${head}, days: ${path(name, days ?? '')}, what: (days: string) => ${what}${amounts} }`;
  }

  #sentence(rule: Rule, key: string): { code: string; settings: string[] } {
    const name = `rule-${rule.metadata.name}.${key}`;
    const parts = this.#parts(name, inputsOf(rule), this.#catalogue.need(name, `The sentence ${key}`));
    const hint = this.#parts(`${name}-hint`, valuesOf(rule), this.#catalogue.find(`${name}-hint`));
    const settings = Object.keys(rule.fields).filter((setting) => parts?.includes(partOf(rule, setting)));
    return { code: `{ parts: ${parts ?? '() => []'}, hint: ${hint ?? 'null'} }`, settings };
  }

  #parts(name: string, scope: Scope, pattern: ReturnType<Catalogue['find']>): string | null {
    if (pattern === null) return null;
    const code = this.#sentences.parts(pattern, scope, name);
    return `(${code.includes('values.') ? 'values' : ''}) => ${code}`;
  }

  #together({ schema, metadata: { name }, fields }: Rule): string {
    const settings = schema['x-together'];
    if (settings === undefined) return 'null';
    for (const setting of settings) {
      if (fields[setting]?.fallback !== null)
        this.#problem(`x-together of ${name}: ${setting} cannot be left out`);
    }
    const sentence = this.#text(`rule-${name}.together`, {});
    return `{ paths: [${settings.map((setting) => path(name, setting)).join(', ')}], sentence: ${sentence} }`;
  }

  #text(name: string, scope: Scope): string {
    const pattern = this.#catalogue.need(name, 'A rule');
    return pattern ? this.#sentences.text(pattern, scope, name) : "''";
  }

  #problem(sentence: string): void {
    this.#catalogue.problems.push(sentence);
  }
}

function path(rule: string, setting: string): string {
  return JSON.stringify(`rules.${rule}.${setting}`);
}

function partOf({ metadata: { name } }: Rule, setting: string): string {
  return `{ path: ${path(name, setting)} }`;
}

function inputsOf(rule: Rule): Scope {
  const inputs = Object.keys(rule.fields).map((setting) => [
    setting,
    { kind: 'input' as const, part: partOf(rule, setting), code: `values.${setting}` },
  ]);
  return { ...valuesOf(rule), ...Object.fromEntries(inputs) } as Scope;
}

function valuesOf(rule: Rule): Scope {
  return Object.fromEntries(
    [...Object.keys(rule.fields), ...OF_THE_FORM].map((name) => [
      name,
      { kind: 'value' as const, code: `values.${name}`, text: `shown(values.${name})` },
    ]),
  );
}
