import type { Unit } from '@/generated/units';

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
