const MOST_DIGITS = 15;
const FEWEST_DIGITS = 7;

/** A number with its country code, as pools know it (E.164); null when it is none. */
export function withCountryCode(typed: string): string | null {
  const plain = typed.trim().replace(/^00/, '+');
  const digits = plain.replace(/\D/g, '');
  const fits = digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS;
  return plain.startsWith('+') && fits && /^[+\d\s().-]+$/.test(plain) ? `+${digits}` : null;
}
