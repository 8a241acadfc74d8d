const RULES = new Intl.PluralRules('en');

/** A value of a form; null where it is left out. */
export type Value = number | string | boolean | null;

/** A value as it stands in a sentence. */
export function shown(value: Value | undefined): string {
  return typeof value === 'number' ? value.toLocaleString('en') : String(value ?? '');
}

/** Which form of a noun a number takes: "one", "other". */
export function pluralOf(value: Value | undefined): Intl.LDMLPluralRule {
  return RULES.select(Number(value));
}
