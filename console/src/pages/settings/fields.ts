import { FIELDS } from '@/generated/settings';
import { amountOf } from '@/shared/amounts';
import type { Field, Whole } from './field';

export type * from './field';
export { FIELDS };

export type Path = keyof typeof FIELDS;

/** The paths of the settings of one kind. */
export type PathOf<K extends Field['kind']> = {
  [P in Path]: (typeof FIELDS)[P]['kind'] extends K ? P : never;
}[Path];

export const PATHS = Object.keys(FIELDS) as Path[];

export function fieldAt(path: Path): Field {
  return FIELDS[path];
}

/** A number with what it counts, or a time of day: "1 day", "08:00". */
export function counted(number: number, { unit }: Whole): string {
  return unit === undefined ? `${String(number).padStart(2, '0')}:00` : amountOf(number, unit);
}

/** The default and the range of a number or a time of day, for whoever changes it; null where there is none to tell. */
export function rangeOf(field: Field): string | null {
  if (field.kind === 'whole') return rangeInWords(field);
  const given = field.kind === 'clock' ? field.fallback : null;
  return given === null ? null : `00:00 to 24:00, default ${given}`;
}

/** The default and the range of a number. */
export function rangeInWords(field: Whole): string {
  const range = `${field.low.toLocaleString('en')} to ${counted(field.high, field)}`;
  if (field.fallback === null) return `${range}, or empty (default)`;
  return `${range}, default ${field.fallback.toLocaleString('en')}`;
}
