import { UNITS, type Unit } from '@/generated/units';

/** A number with what it counts: "1 day", "1,000 points". */
export function amountOf(number: number, unit: Unit): string {
  return UNITS[unit](number);
}
