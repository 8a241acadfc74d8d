import { fieldAt, PATHS, counted, type Field, type Path } from './fields';
import type { Form, Value } from './form';

/** A setting that differs, in words. */
export interface Change {
  path: Path;
  label: string;
  /** Such as "from 5 to 4 check-ins", "turned on". */
  what: string;
}

/** What has become of settings. */
export function changesBetween(before: Form, after: Form): Change[] {
  return PATHS.filter((path) => !same(before[path], after[path])).map((path) => {
    const field = fieldAt(path);
    return { path, label: field.label, what: difference(field, before[path], after[path]) };
  });
}

export interface Rebased {
  form: Form;
  /** What others have changed, and what they have changed that stays as it is in the form. */
  theirs: (Change & { overruled: boolean })[];
}

/** The edits of a form that began with `base`, on top of what others have saved meanwhile. */
export function rebase(base: Form, form: Form, saved: Form): Rebased {
  const edited = (path: Path) => !same(base[path], form[path]);
  const merged = Object.fromEntries(PATHS.map((path) => [path, edited(path) ? form[path] : saved[path]]));
  const theirs = changesBetween(base, saved)
    .filter(({ path }) => !(edited(path) && same(form[path], saved[path])))
    .map((change) => ({ ...change, overruled: edited(change.path) }));
  return { form: merged as Form, theirs };
}

export function same(one: Value, other: Value): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item) => other.includes(item));
  }
  return (typeof one === 'string' ? one.trim() : one) === (typeof other === 'string' ? other.trim() : other);
}

function difference(field: Field, before: Value, after: Value): string {
  if (typeof after === 'boolean') return after ? 'turned on' : 'turned off';
  if (Array.isArray(before) && Array.isArray(after)) return lists(before, after);
  if (before === '') return `set to ${shown(field, after)}`;
  if (after === '') return `${shown(field, before)} removed`;
  return `from ${shown(field, before)} to ${shown(field, after)}`;
}

function lists(before: string[], after: string[]): string {
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  return [
    added.length > 0 ? `${added.join(', ')} added` : '',
    removed.length > 0 ? `${removed.join(', ')} removed` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

function shown(field: Field, value: Value): string {
  const text = String(value).trim();
  if (field.kind === 'choice') return field.words[text] ?? text;
  return field.kind === 'whole' && text !== '' && Number.isFinite(Number(text))
    ? counted(Number(text), field)
    : text;
}
