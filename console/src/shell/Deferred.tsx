import { useDeferredValue, type ReactNode } from 'react';

/** What need not be there at once: made bit by bit, so that a phone answers to touch meanwhile. */
export function Deferred({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children;
}
