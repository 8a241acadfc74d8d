import type { Flag } from '@/api/members';
import type { Form } from '@/pages/settings/form';
import { amountOf } from '@/shared/words';
import { readOccurrences, type CheckIn, type Pair, type PointEdit } from './occurrences';

/** How much there was at an instant, as a rule counts it. */
interface Count {
  at: Date;
  count: number;
}

interface Series {
  title: string;
  counts: Count[];
}

/** What a flag's evidence amounts to over time. */
export interface Counts {
  /** What is counted, for the axis. */
  what: string;
  /** Amounts stand each by themselves; what adds up is a line. */
  kind: 'line' | 'bar';
  series: Series[];
}

/** How much of evidence is kept. */
export const KEPT = 20;

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Whether counting tells more than the lines of the evidence do. */
export function isCounted({ rule, evidence }: Flag): boolean {
  return (
    ['visit_frequency', 'consecutive_check_ins', 'back_to_back', 'point_edits'].includes(rule) &&
    evidence.occurrences.length > 0
  );
}

/** The other members whom the evidence names. */
export function othersIn(flag: Flag): string[] {
  const { pairs } = readOccurrences(flag.evidence.occurrences);
  return [...new Set(pairs.map((pair) => otherOf(pair, flag.member_id)))];
}

/** The evidence of a flag as its rule counts it, under the settings by which it was raised. */
export function countsOf(flag: Flag, settings: Form, names: ReadonlyMap<string, string>): Counts {
  const { checkIns, pairs, edits } = readOccurrences(flag.evidence.occurrences);
  const days = Number(settings[`rules.${flag.rule}.window_days` as keyof Form]);
  const span = amountOf(days, 'day');
  switch (flag.rule) {
    case 'consecutive_check_ins':
      return line(
        'Check-ins in a row',
        inARow(timesOf(checkIns), Number(settings['check_in.cooldown_minutes'])),
      );
    case 'back_to_back':
      return {
        what: `Times in ${span}`,
        kind: 'line',
        series: othersIn(flag).map((other) => ({
          title: `With ${names.get(other) ?? other}`,
          counts: inWindow(
            timesOfPairs(pairs.filter((pair) => otherOf(pair, flag.member_id) === other)),
            days,
          ),
        })),
      };
    case 'point_edits':
      return isAboutAmounts(flag, edits)
        ? {
            what: 'Points changed',
            kind: 'bar',
            series: [{ title: 'Points changed', counts: amounts(edits) }],
          }
        : line(`Point edits in ${span}`, inWindow(timesOfEdits(edits), days));
    default:
      return line(`Check-ins in ${span}`, inWindow(timesOf(checkIns), days));
  }
}

/** How many instants the window holds that ends with each of them; its beginning is outside. */
export function inWindow(instants: Date[], days: number): Count[] {
  return instants.toSorted(byTime).map((at, index, all) => ({
    at,
    count: all.slice(0, index + 1).filter((earlier) => earlier.getTime() > at.getTime() - days * DAY).length,
  }));
}

/** How many check-ins have followed each other, each after the cooldown and before twice as long. */
export function inARow(instants: Date[], cooldownMinutes: number): Count[] {
  const cooldown = cooldownMinutes * MINUTE;
  const counts: Count[] = [];
  for (const at of instants.toSorted(byTime)) {
    const before = counts.at(-1);
    const gap = at.getTime() - (before?.at.getTime() ?? -Infinity);
    counts.push({ at, count: before && cooldown <= gap && gap < 2 * cooldown ? before.count + 1 : 1 });
  }
  return counts;
}

function line(what: string, counts: Count[]): Counts {
  return { what, kind: 'line', series: [{ title: what, counts }] };
}

function amounts(edits: PointEdit[]): Count[] {
  return edits
    .map(({ edited_at, delta }) => ({ at: new Date(edited_at), count: delta }))
    .sort((one, other) => byTime(one.at, other.at));
}

/** One edit can be too much, or edits too many: the value was then the amount of one of them. */
function isAboutAmounts({ evidence: { value, limit } }: Flag, edits: PointEdit[]): boolean {
  return value > limit && edits.some(({ delta }) => Math.abs(delta) === value);
}

function timesOf(checkIns: CheckIn[]): Date[] {
  return checkIns.map(({ checked_in_at }) => new Date(checked_in_at));
}

// Two followed each other when the later of them came.
function timesOfPairs(pairs: Pair[]): Date[] {
  return pairs.map(({ first_at, second_at }) => new Date(first_at > second_at ? first_at : second_at));
}

function timesOfEdits(edits: PointEdit[]): Date[] {
  return edits.map(({ edited_at }) => new Date(edited_at));
}

function otherOf(pair: Pair, memberId: string): string {
  return pair.first_member_id === memberId ? pair.second_member_id : pair.first_member_id;
}

function byTime(one: Date, other: Date): number {
  return one.getTime() - other.getTime();
}
