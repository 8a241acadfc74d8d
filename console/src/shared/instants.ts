export type Detail = 'day' | 'short' | 'usual' | 'precise';

const TIME: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

const PARTS: Record<Detail, Intl.DateTimeFormatOptions> = {
  day: { year: 'numeric', month: 'short', day: 'numeric' },
  short: TIME,
  usual: { ...TIME, weekday: 'short', year: 'numeric' },
  precise: { ...TIME, weekday: 'short', year: 'numeric', second: '2-digit' },
};

// Making a format takes longer than using it a hundred times.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, detail: Detail): Intl.DateTimeFormat {
  const key = `${detail} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(undefined, { ...PARTS[detail], timeZone: zone });
  formats.set(key, made);
  return made;
}

/** An instant in a time zone, such as "Wed, Mar 24, 2027, 3:04 PM EDT". */
export function inZone(instant: string, zone: string, detail: Detail = 'usual'): string {
  return formatOf(zone, detail).format(new Date(instant));
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** How long ago an instant was, in its largest whole unit. */
export function ago(instant: string, now: number): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

const viewers = new Intl.DateTimeFormat().resolvedOptions();

/** The viewer's own time zone. */
export function viewersZone(): string {
  return viewers.timeZone;
}
