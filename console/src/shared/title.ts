import { createContext, use, useEffect } from 'react';

export const TitleContext = createContext<(title: string | null) => void>(() => undefined);

/** Call the page what it shows, in the tab and in the breadcrumbs, once that is known. */
export function usePageTitle(title: string | null | undefined): void {
  const setTitle = use(TitleContext);
  useEffect(() => {
    setTitle(title ?? null);
    return () => {
      setTitle(null);
    };
  }, [setTitle, title]);
}
