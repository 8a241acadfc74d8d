import { useCallback, useEffect, useRef } from 'react';
import { useLocation, useNavigation, useSearchParams } from 'react-router';
import { isDay } from './days';

/** One filter of a page, as its address has it. */
export interface Filter {
  /** Its value while nothing is chosen. */
  initial: string;
  /** Whether there is such a value; an address may hold any text. */
  isKnown: (value: string) => boolean;
}

export type Filters = Readonly<Record<string, Filter>>;
export type Values<F extends Filters> = Record<keyof F & string, string>;

/** A filter whose values are the keys of a vocabulary. */
export function oneOf(words: Readonly<Record<string, string>>, initial = ''): Filter {
  return { initial, isKnown: (value) => Object.hasOwn(words, value) };
}

/** A filter by text, such as an id, of as many characters as the API takes. */
export function textUpTo(length: number): Filter {
  return { initial: '', isKnown: (value) => value.length <= length };
}

/** A filter by the id of a location; it may be a former one. */
export const aLocation: Filter = textUpTo(64);

/** A filter by a day of the calendar. */
export const aDay: Filter = { initial: '', isKnown: isDay };

/** The values of filters while nothing is chosen. */
export function initialValues<F extends Filters>(filters: F): Values<F> {
  return Object.fromEntries(
    Object.entries(filters).map(([name, { initial }]) => [name, initial]),
  ) as Values<F>;
}

/** The values of filters in an address. A value that there is not filters nothing. */
export function valuesIn<F extends Filters>(params: URLSearchParams, filters: F): Values<F> {
  return Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [name, valueOf(filter, params.get(name))]),
  ) as Values<F>;
}

function valueOf({ initial, isKnown }: Filter, value: string | null): string {
  return value !== null && isKnown(value) ? value : initial;
}

/** The filters of a page, kept in its address so that it can be passed on; initial values are left out. */
export function useFilters<F extends Filters>(
  filters: F,
  selection?: string,
): [Values<F>, (change: Partial<Values<F>>) => void] {
  const [params, setParams] = useSearchParams();
  const left = useLeft();
  const change = useCallback(
    (changes: Partial<Values<F>>) => {
      if (left.current) return;
      setParams((before) => changed(before, changes, filters, selection), { replace: true });
    },
    [setParams, filters, selection, left],
  );
  return [valuesIn(params, filters), change];
}

/** Whether the page is being left: what is typed arrives late, and must not lead back to it. */
function useLeft() {
  const { pathname } = useLocation();
  const { location } = useNavigation();
  const left = useRef(false);
  useEffect(() => {
    left.current = location !== undefined && location.pathname !== pathname;
    return () => {
      left.current = true;
    };
  }, [location, pathname]);
  return left;
}

/** An address's parameters after a change of filters: the list is at its first page, with nothing selected. */
export function changed(
  before: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
  filters: Filters,
  selection?: string,
): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete('cursor');
  if (selection !== undefined) after.delete(selection);
  const values: Record<string, string | undefined> = { ...valuesIn(before, filters), ...changes };
  for (const [name, { initial }] of Object.entries(filters)) {
    const value = values[name];
    if (value === undefined || value === initial) after.delete(name);
    else after.set(name, value);
  }
  return after;
}

/** What of these is given, for the API to be asked for. */
export function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const all = Object.entries(values).filter((each): each is [string, string] => Boolean(each[1]));
  return Object.fromEntries(all);
}

/** Whether anything is filtered. */
export function isFiltered<F extends Filters>(values: Values<F>, filters: F): boolean {
  return Object.entries(filters).some(([name, { initial }]) => values[name as keyof F & string] !== initial);
}
