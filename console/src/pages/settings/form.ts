import type { SettingsDocument } from '@/api/settings';
import { RULE_FORMS } from '@/generated/rules';
import { clockOf, isClock } from '@/shared/clock';
import { counted, fieldAt, PATHS, type Field, type Path } from './fields';
import type { RuleForm } from './rule-form';

/** A setting as a form holds it: numbers as they are typed, nothing as an empty text. */
export type Value = string | boolean | string[];
export type Form = Readonly<Record<Path, Value>>;

/** The settings as a form holds them; what a document leaves out has its default. */
export function formOf(document: SettingsDocument): Form {
  return Object.fromEntries(PATHS.map((path) => [path, held(fieldAt(path), at(document, path))])) as Form;
}

/** The form of a program that has never saved its settings. */
export const DEFAULTS: Form = formOf({} as SettingsDocument);

function held(field: Field, stored: unknown): Value {
  const value = stored === undefined ? field.fallback : stored;
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : (value as Value);
}

function at(document: object, path: Path): unknown {
  return path
    .split('.')
    .reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], document);
}

/** The document of a form. What `known` holds besides stays: this console may be older than the API. */
export function documentOf(form: Form, known: SettingsDocument): SettingsDocument {
  const document = structuredClone(known) as unknown as Record<string, unknown>;
  for (const path of PATHS) put(document, path.split('.'), stored(fieldAt(path), form[path]));
  return document as unknown as SettingsDocument;
}

function put(inside: Record<string, unknown>, [key = '', ...deeper]: string[], value: unknown): void {
  if (deeper.length === 0) inside[key] = value;
  else put((inside[key] ??= {}) as Record<string, unknown>, deeper, value);
}

function stored(field: Field, value: Value): unknown {
  if (typeof value !== 'string') return value;
  const typed = value.trim();
  if (field.kind === 'whole') return typed === '' ? null : Number(typed);
  if (field.kind === 'clock') return typed === '' ? null : clockOf(typed);
  return typed === '' ? null : typed;
}

export type Problems = Partial<Record<Path, string>>;

/** What has to be put right before a form can be saved, as a sentence at its field. */
export function problemsOf(form: Form): Problems {
  const problems: Problems = {};
  for (const { together } of RULE_FORMS) Object.assign(problems, togetherProblem(together, form));
  for (const path of PATHS) {
    const sentence = problemOf(fieldAt(path), form[path]);
    if (sentence !== null) problems[path] = sentence;
  }
  return problems;
}

/** Whether a setting is one that can be saved, whatever the others are. */
export function isSound(path: Path, form: Form): boolean {
  return problemOf(fieldAt(path), form[path]) === null;
}

const EMAIL = /^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$/;

export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text);
}

function problemOf(field: Field, value: Value): string | null {
  if (typeof value !== 'string') return null;
  const typed = value.trim();
  if (typed === '') {
    return field.fallback === null ? null : 'Fill this in.';
  }
  switch (field.kind) {
    case 'whole': {
      if (/^\d+$/.test(typed) && Number(typed) >= field.low && Number(typed) <= field.high) return null;
      return `Give a whole number from ${field.low.toLocaleString('en')} to ${counted(field.high, field)}.`;
    }
    case 'clock':
      return isClock(typed) ? null : 'Give a time of day such as 09:00, from 00:00 to 24:00.';
    case 'email':
      return isEmail(typed) ? null : 'Give an e-mail address such as help@example.com.';
    case 'url':
      return /^https:\/\/[^\s/$.?#]\S*$/i.test(typed)
        ? null
        : 'Give a web address that begins with https://.';
    case 'text':
      return typed.length <= 200 ? null : 'Use at most 200 characters.';
    default:
      return null;
  }
}

/** What goes together is given all or not at all; two times of day are a span. */
function togetherProblem(together: RuleForm['together'], form: Form): Problems {
  if (together === null) return {};
  const { paths, sentence } = together;
  const left = paths.find((path) => String(form[path]).trim() === '');
  if (left !== undefined) {
    return paths.every((path) => String(form[path]).trim() === '') ? {} : { [left]: sentence };
  }
  const [opens, closes] = paths;
  if (closes === undefined || paths.some((path) => fieldAt(path).kind !== 'clock')) return {};
  const [open, close] = [opens, closes].map((path) => clockOf(String(form[path])));
  if (open === '24:00') return { [opens]: 'Open before midnight.' };
  return open === close ? { [closes]: 'Close at another time. All day is 00:00 to 24:00.' } : {};
}

/** The API's errors at the fields that they name; those that name none of them stay. */
export function problemsFrom<E extends { field: string; message: string }>(
  errors: E[],
): { problems: Problems; rest: E[] } {
  const problems: Problems = {};
  const rest: E[] = [];
  for (const error of errors) {
    const path = PATHS.find((each) => `${error.field}.`.startsWith(`${each}.`)) ?? WHOLE_PARTS[error.field];
    if (path === undefined) rest.push(error);
    else problems[path] ??= error.message;
  }
  return { problems, rest };
}

// What is wrong with several settings together is told at the first of them.
const WHOLE_PARTS: Partial<Record<string, Path>> = Object.fromEntries(
  RULE_FORMS.flatMap(({ name, together }) => (together ? [[`rules.${name}`, together.paths[0]]] : [])),
);
