import { useCallback, useEffect, useRef } from 'react';
import { useLocation, useNavigation, useSearchParams } from 'react-router';

/** The filters of a page, kept in its address so that it can be passed on; defaults are left out. */
export function useFilters<T extends Record<string, string>>(defaults: T): [T, (change: Partial<T>) => void] {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as T;
  const left = useLeft();
  const change = useCallback(
    (changes: Partial<T>) => {
      if (left.current) return;
      setParams((before) => changed(before, changes, defaults), { replace: true });
    },
    [setParams, defaults, left],
  );
  return [values, change];
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

/** An address's parameters after a change of filters: a list begins at its first page again. */
export function changed(
  before: URLSearchParams,
  changes: Record<string, string | undefined>,
  defaults: Record<string, string>,
): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete('cursor');
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === defaults[name]) after.delete(name);
    else after.set(name, value);
  }
  return after;
}

/** What of these is given, for the API to be asked for. */
export function given(values: Record<string, string | undefined>): Record<string, string> {
  const all = Object.entries(values).filter((each): each is [string, string] => Boolean(each[1]));
  return Object.fromEntries(all);
}

/** Whether anything is filtered. */
export function isFiltered<T extends Record<string, string>>(values: T, defaults: T): boolean {
  return Object.entries(values).some(([name, value]) => value !== defaults[name]);
}
