/** The lines of evidence behind a flag, by what they are about. */
export interface CheckIn {
  checked_in_at: string;
  location_id: string;
  device_id: string | null;
}

export interface Pair {
  first_member_id: string;
  second_member_id: string;
  first_at: string;
  second_at: string;
  location_id: string | null;
  cell: string | null;
}

export interface PointEdit {
  edited_at: string;
  delta: number;
  by: string;
  reason: string;
}

/** Sort occurrences by their kind; a flag has those of one, and one by hand has none to show. */
export function readOccurrences(all: Record<string, unknown>[]) {
  return {
    checkIns: all.filter((each) => 'checked_in_at' in each) as unknown as CheckIn[],
    pairs: all.filter((each) => 'first_at' in each) as unknown as Pair[],
    edits: all.filter((each) => 'edited_at' in each) as unknown as PointEdit[],
  };
}

const MINUTE = 60_000;

/** How long after one another two things happened, in words. */
export function minutesBetween(first: string, second: string): string {
  const gap = Math.abs(new Date(second).getTime() - new Date(first).getTime());
  const minutes = Math.floor(gap / MINUTE);
  const seconds = Math.floor((gap % MINUTE) / 1000);
  return (
    [minutes > 0 ? `${minutes} min` : '', seconds > 0 ? `${seconds} s` : ''].filter(Boolean).join(' ') ||
    '0 s'
  );
}
