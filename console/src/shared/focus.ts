import { useEffect, type RefObject } from 'react';

/** Focus a field of a dialog when it opens. */
export function useFocused(field: RefObject<{ focus: () => void } | null>): void {
  useEffect(() => {
    // The dialog itself focuses the button that closes it, in the same turn.
    queueMicrotask(() => {
      field.current?.focus();
    });
  }, [field]);
}
