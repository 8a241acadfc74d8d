import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router';

/** The selected flag, kept in the address: to pass on, and to come back to from the member's page. */
export function useSelection(): [string | null, (flagId: string | null, asPage?: boolean) => void] {
  const [params, setParams] = useSearchParams();
  // The pages before this one.
  const { state } = useLocation() as { state: unknown };
  const select = useCallback(
    (flagId: string | null, asPage = false) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (flagId === null) after.delete('flag');
          else after.set('flag', flagId);
          return after;
        },
        { replace: !asPage, state, preventScrollReset: true },
      );
    },
    [setParams, state],
  );
  return [params.get('flag'), select];
}
