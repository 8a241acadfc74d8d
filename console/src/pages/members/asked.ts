import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { MemberFilters } from '@/api/members';
import { given } from '@/shared/filters';
import { ACCESS, MEMBERSHIPS, RULES } from '@/shared/words';

/** The filters as the page's address has them; `query` is what is looked for. */
export const NO_FILTERS = { query: '', flagged: '', rule: '', access: '', trusted: '', membership: '' };

export type Values = typeof NO_FILTERS;
type Property = Exclude<keyof Values, 'query'>;
type Token = PropertyFilterProps.Token;

const YES_OR_NO = { true: 'Yes', false: 'No' };

/** What a property is called, and its values. */
const WORDS: Record<Property, [label: string, values: Record<string, string>]> = {
  flagged: ['Open flag', YES_OR_NO],
  rule: ['Rule of an open flag', RULES],
  access: ['Access', ACCESS],
  trusted: ['Trusted', YES_OR_NO],
  membership: ['Membership', { ...MEMBERSHIPS, none: 'None' }],
};

export const PROPERTIES: PropertyFilterProps.FilteringProperty[] = Object.entries(WORDS).map(
  ([key, [label, values]]) => ({
    key,
    propertyLabel: label,
    groupValuesLabel: label,
    operators: [{ operator: '=', format: (value: string) => values[value] ?? value }],
  }),
);

export const OPTIONS: PropertyFilterProps.FilteringOption[] = Object.entries(WORDS).flatMap(
  ([propertyKey, [, values]]) =>
    Object.entries(values).map(([value, label]) => ({ propertyKey, value, label })),
);

/** The filters in use, as the component shows them. */
export function tokensOf(values: Values): Token[] {
  return Object.entries(given(values)).map(([key, value]) =>
    key === 'query' ? { operator: ':', value } : { propertyKey: key, operator: '=', value },
  );
}

/** The filters that tokens stand for, after `before`: strays none; of two about one property, the new one. */
export function valuesOf(tokens: readonly Token[], before: Values): Values {
  const after = { ...NO_FILTERS };
  for (const token of tokens) {
    const key = keyOf(token);
    const value = String(token.value).trim();
    if (isKnown(token) && (after[key] === '' || after[key] === before[key])) after[key] = value;
  }
  return after;
}

/** What there is none of, in words, when somebody has typed a value that is not offered. */
export function strayIn(tokens: readonly Token[]): string | null {
  const stray = tokens.find((token) => !isKnown(token));
  return stray ? `${WORDS[stray.propertyKey as Property][0]} = ${String(stray.value)}` : null;
}

function isKnown(token: Token): boolean {
  const key = keyOf(token);
  return key === 'query' || Object.hasOwn(WORDS[key][1], String(token.value).trim());
}

function keyOf({ propertyKey }: Token): keyof Values {
  return propertyKey !== undefined && Object.hasOwn(WORDS, propertyKey) ? (propertyKey as Property) : 'query';
}

/** What the API is asked for. */
export function asked(values: Values, cursor?: string): MemberFilters {
  return given({ ...values, cursor });
}

/** How many match, as far as it is known: a page says nothing of the others. */
export function countInWords(shown: number, isWhole: boolean): string {
  return `${shown} ${shown === 1 ? 'match' : 'matches'}${isWhole ? '' : ' on this page'}`;
}
