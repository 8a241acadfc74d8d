/** Calendar days, as addresses have them ("2027-03-14"), and the instants at which they begin in a zone. */
export interface DayRange {
  from: string;
  to: string;
}

const DAY = 86_400_000;

/** The instants that a range of days covers, both days included: from the first, before the second. */
export function instantsOf({ from, to }: DayRange, zone: string): { from?: string; to?: string } {
  return {
    ...(isDay(from) ? { from: beginning(from, zone) } : {}),
    ...(isDay(to) ? { to: beginning(dayAfter(to), zone) } : {}),
  };
}

/** Whether this is a day of the calendar; what people put into addresses may be anything. */
export function isDay(text: string): boolean {
  const at = utc(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function beginning(day: string, zone: string): string {
  const wall = utc(day);
  // The offset at that wall time taken as UTC is nearly right; at the instant it leads to, it is.
  const near = wall - offset(wall, zone);
  return new Date(wall - offset(near, zone)).toISOString();
}

function dayAfter(day: string): string {
  return new Date(utc(day) + DAY).toISOString().slice(0, 10);
}

function utc(day: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offset(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}
