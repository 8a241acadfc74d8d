import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Selects a flag, or none; it is selected once the promise is fulfilled. */
type Select = (flagId: string | null, asPage?: boolean) => Promise<void>;

/** The selected flag, kept in the address: to pass on, and to come back to from the member's page. */
export function useSelection(): [string | null, Select] {
  const navigate = useNavigate();
  // The state holds the pages before this one.
  const { search, state } = useLocation() as { search: string; state: unknown };
  const select = useCallback(
    async (flagId: string | null, asPage = false) => {
      const params = new URLSearchParams(search);
      if (flagId === null) params.delete('flag');
      else params.set('flag', flagId);
      await navigate(
        { search: params.toString() },
        { replace: !asPage, state, preventScrollReset: true, flushSync: true },
      );
    },
    [navigate, search, state],
  );
  return [new URLSearchParams(search).get('flag'), select];
}
