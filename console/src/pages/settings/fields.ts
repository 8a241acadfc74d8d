import { FIELDS } from '@/generated/settings';
import type { Unit } from '@/generated/units';
import { amountOf } from '@/shared/amounts';

interface Labelled {
  /** What the setting is called where it stands alone, as in a difference. */
  label: string;
}
export interface Whole extends Labelled {
  kind: 'whole';
  low: number;
  high: number;
  /** The default; null where the setting may be left out. */
  fallback: number | null;
  /** One of what is counted; without it the number is a time of day, in full hours. */
  unit?: Unit;
}
export interface Choice extends Labelled {
  kind: 'choice';
  words: Readonly<Record<string, string>>;
  fallback: string;
}
export interface Switch extends Labelled {
  kind: 'switch';
  fallback: boolean;
}
export interface Text extends Labelled {
  kind: 'text' | 'clock' | 'zone' | 'email' | 'url';
  fallback: string | null;
}
export interface List extends Labelled {
  kind: 'list';
  fallback: readonly string[];
}
export type Field = Whole | Choice | Switch | Text | List;

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
