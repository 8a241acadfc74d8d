import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia('(max-width: 688px)');

/** Whether the window is that of a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => {
        narrow.removeEventListener('change', changed);
      };
    },
    () => narrow.matches,
  );
}
