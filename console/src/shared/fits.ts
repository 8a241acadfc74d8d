import { useCallback, useState, type RefCallback } from 'react';
import { useNarrow } from './narrow';

/** Whether an element is as wide as is needed, in pixels: the panel of a wide window may be a narrow one. */
export function useFits(needed: number): [RefCallback<HTMLElement>, boolean] {
  const onPhone = useNarrow();
  const [measured, setMeasured] = useState<boolean | null>(null);
  const frame = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      const measure = () => {
        setMeasured(element.clientWidth >= needed);
      };
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      return () => {
        observer.disconnect();
      };
    },
    [needed],
  );
  return [frame, measured ?? !onPhone];
}
