import type { BCheckIns } from '@/api/reports';
import { spanInWords } from '@/shared/durations';

type Gaps = Pick<BCheckIns, 'shortest_gap_seconds' | 'longest_gap_seconds'>;

/** How far apart two members' check-ins were: one span, or the shortest and the longest. */
export function gapInWords({ shortest_gap_seconds, longest_gap_seconds }: Gaps): string {
  const shortest = spanInWords(shortest_gap_seconds);
  const longest = spanInWords(longest_gap_seconds);
  return shortest === longest ? shortest : `${shortest} to ${longest}`;
}

/** How often something happened. */
export function timesInWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
}
