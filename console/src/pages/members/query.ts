import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { MemberFilters } from '@/api/members';
import { given, initialValues, oneOf, textUpTo, type Values } from '@/shared/filters';
import { ACCESS, MEMBERSHIPS, RULES } from '@/shared/words';

const YES_OR_NO = { true: 'Yes', false: 'No' };
const MEMBERSHIP_WORDS = { ...MEMBERSHIPS, none: 'None' };

/** The filters of the list, as the page's address has them; `query` is what is searched for. */
export const FILTERS = {
  query: textUpTo(200),
  flagged: oneOf(YES_OR_NO),
  rule: oneOf(RULES),
  access: oneOf(ACCESS),
  trusted: oneOf(YES_OR_NO),
  membership: oneOf(MEMBERSHIP_WORDS),
};

export type MemberValues = Values<typeof FILTERS>;
type Property = Exclude<keyof MemberValues, 'query'>;
type Token = PropertyFilterProps.Token;

/** What a property is called, and its values. */
const WORDS: Record<Property, [label: string, values: Record<string, string>]> = {
  flagged: ['Open flag', YES_OR_NO],
  rule: ['Rule of an open flag', RULES],
  access: ['Access', ACCESS],
  trusted: ['Trusted', YES_OR_NO],
  membership: ['Membership', MEMBERSHIP_WORDS],
};

const ABOUT_FLAGS: Property[] = ['flagged', 'rule'];

/** Whether members are filtered by their flags. */
export function isAboutFlags(values: MemberValues): boolean {
  return ABOUT_FLAGS.some((property) => values[property] !== '');
}

/** The filters without those by flags, for a program that hides flags on the page. */
export function withoutFlags(values: MemberValues): MemberValues {
  return { ...values, flagged: '', rule: '' };
}

/** The properties that are offered. */
export function propertiesWith({ flags }: { flags: boolean }): PropertyFilterProps.FilteringProperty[] {
  return PROPERTIES.filter(({ key }) => flags || !ABOUT_FLAGS.includes(key as Property));
}

const PROPERTIES: PropertyFilterProps.FilteringProperty[] = Object.entries(WORDS).map(
  ([key, [label, values]]) => ({
    key,
    propertyLabel: label,
    groupValuesLabel: label,
    operators: [{ operator: '=', format: (value: string) => values[value] ?? value }],
  }),
);

const OPTIONS: PropertyFilterProps.FilteringOption[] = Object.entries(WORDS).flatMap(
  ([propertyKey, [, values]]) =>
    Object.entries(values).map(([value, label]) => ({ propertyKey, value, label })),
);

/** The values that are offered. */
export function optionsWith(shown: { flags: boolean }): PropertyFilterProps.FilteringOption[] {
  const keys = propertiesWith(shown).map(({ key }) => key);
  return OPTIONS.filter(({ propertyKey }) => keys.includes(propertyKey));
}

/** The filters in use, as the component shows them. */
export function tokensOf(values: MemberValues): Token[] {
  return Object.entries(given(values)).map(([key, value]) =>
    key === 'query' ? { operator: ':', value } : { propertyKey: key, operator: '=', value },
  );
}

/** The filters that tokens stand for, after `before`: unknown values none; of two about one property, the new one. */
export function valuesOf(tokens: readonly Token[], before: MemberValues): MemberValues {
  const after = initialValues(FILTERS);
  for (const token of tokens) {
    const key = keyOf(token);
    const value = String(token.value).trim();
    if (isKnown(token) && (after[key] === '' || after[key] === before[key])) after[key] = value;
  }
  return after;
}

/** The filter with an unknown value, in words, when somebody has typed a value that is not offered. */
export function unknownIn(tokens: readonly Token[]): string | null {
  const unknown = tokens.find((token) => !isKnown(token));
  return unknown ? `${WORDS[unknown.propertyKey as Property][0]} = ${String(unknown.value)}` : null;
}

function isKnown(token: Token): boolean {
  const key = keyOf(token);
  return key === 'query' || Object.hasOwn(WORDS[key][1], String(token.value).trim());
}

function keyOf({ propertyKey }: Token): keyof MemberValues {
  return propertyKey !== undefined && Object.hasOwn(WORDS, propertyKey) ? (propertyKey as Property) : 'query';
}

/** What the API is asked for. */
export function queryOf(values: MemberValues, cursor?: string): MemberFilters {
  return given({ ...values, cursor });
}

/** How many match, as far as it is known: a page says nothing of the others. */
export function countInWords(shown: number, isWhole: boolean): string {
  return `${shown} ${shown === 1 ? 'match' : 'matches'}${isWhole ? '' : ' on this page'}`;
}
