import type { Expression, InlineExpression, Pattern, SelectExpression } from '@fluent/syntax';
import type { Catalogue } from './catalogue.ts';

/** What a variable of a sentence becomes. */
export type Variable =
  /** Words that are known already. */
  | { kind: 'known'; text: string }
  /** A value, by the code that has it, and the code of its text. */
  | { kind: 'value'; code: string; text: string }
  /** An input, by the code of the part, and the code that has what is typed into it. */
  | { kind: 'input'; part: string; code: string };

export type Scope = Readonly<Record<string, Variable>>;

type Piece =
  | { text: string }
  | { value: string }
  | { part: string }
  | { cases: { when: string; then: Piece[] }[]; otherwise: Piece[] };

const PLURALS = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** Turns patterns into code: each is evaluated when its variables are known. */
export class Sentences {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Code of a string. */
  text(pattern: Pattern, scope: Scope, name: string): string {
    return stringOf(this.#pieces(pattern, scope, name, false));
  }

  /** Code of a list of parts: texts, inputs and links. */
  parts(pattern: Pattern, scope: Scope, name: string): string {
    return listOf(this.#pieces(pattern, scope, name, true));
  }

  /** A text that is complete without any code. */
  known(pattern: Pattern, scope: Scope, name: string): string {
    const pieces = this.#pieces(pattern, scope, name, false);
    if (pieces.every((piece) => 'text' in piece)) return pieces.map(({ text }) => text).join('');
    this.#problem(name, 'can have neither variables nor variants');
    return '';
  }

  #problem(name: string, what: string): void {
    this.#catalogue.problems.push(`${name} ${what}`);
  }

  #pieces(pattern: Pattern, scope: Scope, name: string, links: boolean): Piece[] {
    return joined(
      pattern.elements.flatMap((element) =>
        element.type === 'TextElement'
          ? [{ text: element.value }]
          : this.#placed(element.expression, scope, name, links),
      ),
    );
  }

  #placed(expression: Expression, scope: Scope, name: string, links: boolean): Piece[] {
    switch (expression.type) {
      case 'StringLiteral':
        return [{ text: expression.parse().value }];
      case 'NumberLiteral':
        return [{ text: expression.value }];
      case 'VariableReference':
        return this.#variable(expression.id.name, scope, name);
      case 'MessageReference':
        return this.#reference(
          [expression.id.name, expression.attribute?.name].filter(Boolean).join('.'),
          scope,
          name,
          links,
        );
      case 'TermReference':
        return this.#reference(`-${expression.id.name}`, scope, name, links);
      case 'SelectExpression':
        return this.#select(expression, scope, name, links);
      default:
        this.#problem(name, `has a ${expression.type}, which pages do not take`);
        return [];
    }
  }

  #variable(variable: string, scope: Scope, name: string): Piece[] {
    const known = Object.hasOwn(scope, variable) ? scope[variable] : undefined;
    switch (known?.kind) {
      case 'known':
        return [{ text: known.text }];
      case 'value':
        return [{ value: known.text }];
      case 'input':
        return [{ part: known.part }];
      default:
        this.#problem(name, `has $${variable}; it can have ${variablesOf(scope)}`);
        return [];
    }
  }

  #reference(target: string, scope: Scope, name: string, links: boolean): Piece[] {
    const pattern = this.#catalogue.need(target, name);
    if (pattern === null) return [];
    const href = this.#catalogue.find(`${target}.href`);
    if (!links || href === null) return this.#pieces(pattern, scope, target, links);
    const link = { text: this.known(pattern, {}, target), href: this.known(href, {}, `${target}.href`) };
    return [{ part: JSON.stringify(link) }];
  }

  #select(expression: SelectExpression, scope: Scope, name: string, links: boolean): Piece[] {
    const of = this.#selected(expression.selector, scope, name);
    if (of === null) return [];
    const cases: { when: string; then: Piece[] }[] = [];
    let otherwise: Piece[] = [];
    for (const { key, value, default: isDefault } of expression.variants) {
      const pieces = this.#pieces(value, scope, name, links);
      if (isDefault) otherwise = pieces;
      else if (key.type === 'NumberLiteral') cases.push({ when: `${of} === ${key.value}`, then: pieces });
      else if (PLURALS.has(key.name))
        cases.push({ when: `pluralOf(${of}) === ${JSON.stringify(key.name)}`, then: pieces });
      else cases.push({ when: `String(${of}) === ${JSON.stringify(key.name)}`, then: pieces });
    }
    return [{ cases, otherwise }];
  }

  #selected(selector: InlineExpression, scope: Scope, name: string): string | null {
    const variable = selector.type === 'VariableReference' ? selector.id.name : '';
    const known = Object.hasOwn(scope, variable) ? scope[variable] : undefined;
    if (known !== undefined && known.kind !== 'known') return known.code;
    this.#problem(name, `chooses by something else than ${variablesOf(scope)}`);
    return null;
  }
}

function variablesOf(scope: Scope): string {
  const names = Object.keys(scope).map((name) => `$${name}`);
  return names.length === 0 ? 'no variable' : names.join(', ');
}

/** Texts side by side are one; none is empty. */
function joined(pieces: Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const before = all.at(-1);
    if (!('text' in piece)) all.push(piece);
    else if (before && 'text' in before) before.text += piece.text;
    else if (piece.text !== '') all.push({ ...piece });
  }
  return all;
}

function listOf(pieces: Piece[]): string {
  const items = pieces.map((piece) => {
    if ('text' in piece) return JSON.stringify(piece.text);
    if ('value' in piece) return piece.value;
    if ('part' in piece) return piece.part;
    return `...(${chosen(piece, listOf)})`;
  });
  return `[${items.join(', ')}]`;
}

function stringOf(pieces: Piece[]): string {
  if (pieces.length === 0) return "''";
  if (pieces.every((piece) => 'text' in piece)) {
    return JSON.stringify(pieces.map(({ text }) => text).join(''));
  }
  const [only] = pieces;
  if (pieces.length === 1 && only && 'cases' in only) return chosen(only, stringOf);
  const inside = pieces.map((piece) => {
    if ('text' in piece) return piece.text.replace(/[\\`]|\$\{/g, '\\$&');
    if ('value' in piece) return `\${${piece.value}}`;
    if ('part' in piece) return '';
    return `\${${chosen(piece, stringOf)}}`;
  });
  return `\`${inside.join('')}\``;
}

function chosen(
  { cases, otherwise }: Extract<Piece, { cases: unknown }>,
  code: (pieces: Piece[]) => string,
): string {
  return [...cases.map(({ when, then }) => `${when} ? ${code(then)} :`), code(otherwise)].join(' ');
}
