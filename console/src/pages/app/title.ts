import { useEffect } from 'react';

/** Call the page what it is, in the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
