/** What is typed on a number pad: a phone number, perhaps with a + in front. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '+' | 'back' | 'clear';

export const KEYS: Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0', 'back'];

const MOST_DIGITS = 15;
const FEWEST_DIGITS = 7;
const GROUP = 3;

/** The number after a key was pressed. */
export function pressed(number: string, key: Key): string {
  if (key === 'clear') return '';
  if (key === 'back') return number.slice(0, -1);
  if (key === '+') return number === '' ? '+' : number;
  return digitsOf(number).length < MOST_DIGITS ? number + key : number;
}

/** The key that a key of a keyboard stands for. */
export function keyOf(name: string): Key | null {
  if (name === 'Backspace') return 'back';
  if (name === 'Escape' || name === 'Delete') return 'clear';
  return /^[0-9+]$/.test(name) ? (name as Key) : null;
}

/** Whether this may be a whole number. */
export function isWhole(number: string): boolean {
  return digitsOf(number).length >= FEWEST_DIGITS;
}

/** A number in groups, which people compare more easily: three, three, and the rest. */
export function grouped(number: string): string {
  if (number.startsWith('+')) return number;
  const groups = [number.slice(0, GROUP), number.slice(GROUP, 2 * GROUP), number.slice(2 * GROUP)];
  return groups.filter((group) => group !== '').join(' ');
}

function digitsOf(number: string): string {
  return number.replace('+', '');
}
