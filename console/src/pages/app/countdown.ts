import { useEffect, useState } from 'react';

/** How many milliseconds are left until an instant, told each second; 0 from then on. */
export function useTimeLeft(until: number): number {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, until - now);
  const over = left === 0;
  useEffect(() => {
    if (over) return undefined;
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, TICK);
    return () => {
      window.clearInterval(timer);
    };
  }, [over, until]);
  return left;
}

// More often than it shows, so that no second is skipped.
const TICK = 250;

/** A time of day, with its day where that is another one, as whoever stands there reads it. */
export function timeOf(instant: string, now: number, zone?: string): string {
  const at = new Date(instant);
  const where = zone === undefined ? {} : { timeZone: zone };
  const day = new Intl.DateTimeFormat('en-CA', where);
  const other = day.format(at) !== day.format(now);
  return new Intl.DateTimeFormat(undefined, {
    hour: 'numeric',
    minute: '2-digit',
    ...(other ? { weekday: 'short', month: 'short', day: 'numeric' } : {}),
    ...where,
  }).format(at);
}
