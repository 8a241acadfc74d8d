/** The keys of attempts to check in that may not have been answered, by phone number. */
interface IdempotencyKeys {
  /** The key of a number's attempt: the same again until it is answered, or too old to be the same visit. */
  keyOf: (number: string, now: number) => string;
  answered: (number: string) => void;
}

// Later it is a new visit, or the shop has forgotten the old one.
const KEPT = 10 * 60_000;

export function newIdempotencyKeys(): IdempotencyKeys {
  const open = new Map<string, { key: string; until: number }>();
  return {
    keyOf: (number, now) => {
      // No number stays in memory past the next one after that time.
      for (const [each, { until }] of open) if (until <= now) open.delete(each);
      const attempt = open.get(number) ?? { key: crypto.randomUUID(), until: now + KEPT };
      open.set(number, attempt);
      return attempt.key;
    },
    answered: (number) => {
      open.delete(number);
    },
  };
}
