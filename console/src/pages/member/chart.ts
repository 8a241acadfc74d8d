import type { Path } from '@/pages/settings/fields';

/** What the evidence of a flag holds. */
export type Items = 'check_ins' | 'pairs' | 'point_edits';

/** How the evidence of a rule's flags is drawn over time. */
export type Chart =
  /** How many there were within the last days, as a setting has them. */
  | { kind: 'window'; items: Items; days: Path; what: (days: string) => string }
  /** How many came in a row, each as soon as the cooldown allowed. */
  | { kind: 'run'; items: Items; what: string }
  /** Each edit by its amount when one was too much, else how many there were within the last days. */
  | { kind: 'amounts'; items: 'point_edits'; days: Path; what: (days: string) => string; amounts: string };
