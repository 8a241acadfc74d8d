const MIDNIGHT = 24 * 60;

/** A time of day as it may be typed (9, 9:30, 0930, 9.30 pm) as minutes after midnight; else null. */
export function minutesOf(typed: string): number | null {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?:\s*([ap])(?:\.?m\.?)?)?$/i.exec(typed.trim());
  if (!found) return null;
  const half = found[3]?.toLowerCase();
  let hour = Number(found[1]);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const minute = Number(found[2] ?? 0);
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= MIDNIGHT ? minutes : null;
}

export function isClock(typed: string): boolean {
  return minutesOf(typed) !== null;
}

/** A time of day as the API has it, `00:00` to `24:00`; what is none stays as it was typed. */
export function clockOf(typed: string): string {
  const minutes = minutesOf(typed);
  if (minutes === null) return typed;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
