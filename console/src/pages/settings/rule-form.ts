import type { Value } from '@/shared/sentences';
import type { Path } from './fields';

/** A part of a sentence: words, an input, or a link to another page. */
export type Part = string | { path: Path } | { text: string; href: string };

/** What is typed into a rule's form, by its settings, and the cooldown; null is what no number can be made of. */
export type Values = Readonly<Record<string, Value>>;

/** What the settings page shows of a rule. */
export interface RuleForm {
  name: string;
  /** What it judges. */
  over: 'check_ins' | 'pairs' | 'point_edits' | 'attempts';
  about: string;
  /** Settings that are given all or not at all, and what to say of some without the others. */
  together: { paths: readonly [Path, ...Path[]]; sentence: string } | null;
  sentences: readonly {
    parts: (values: Values) => Part[];
    /** What to know besides. */
    hint: ((values: Values) => Part[]) | null;
  }[];
}
