/** Wishes to check in that may not have been answered, by number. */
interface Wishes {
  /** The key of a number's wish: the same again until it is answered, or too old to be the same. */
  keyOf: (number: string, now: number) => string;
  answered: (number: string) => void;
}

// Later it is a new visit, or the shop has forgotten the old one.
const KEPT = 10 * 60_000;

export function newWishes(): Wishes {
  const open = new Map<string, { key: string; until: number }>();
  return {
    keyOf: (number, now) => {
      // No number stays in memory past the next one after that time.
      for (const [each, { until }] of open) if (until <= now) open.delete(each);
      const wish = open.get(number) ?? { key: crypto.randomUUID(), until: now + KEPT };
      open.set(number, wish);
      return wish.key;
    },
    answered: (number) => {
      open.delete(number);
    },
  };
}
