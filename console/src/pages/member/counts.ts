import type { Flag } from '@/api/members';
import { CHARTS } from '@/generated/charts';
import type { Form } from '@/pages/settings/form';
import { amountOf } from '@/shared/amounts';
import type { Chart, Items } from './chart';
import { readOccurrences, type Pair, type PointEdit } from './occurrences';

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
  return chartOf(rule) !== null && evidence.occurrences.length > 0;
}

// A rule that this console does not know yet is not drawn.
function chartOf(rule: string): Chart | null {
  return CHARTS[rule] ?? null;
}

/** The other members whom the evidence names. */
export function othersIn(flag: Flag): string[] {
  const { pairs } = readOccurrences(flag.evidence.occurrences);
  return [...new Set(pairs.map((pair) => otherOf(pair, flag.member_id)))];
}

/** The evidence of a flag as its rule counts it, under the settings by which it was raised. */
export function countsOf(flag: Flag, settings: Form, names: ReadonlyMap<string, string>): Counts {
  const chart = chartOf(flag.rule);
  if (chart === null) return { what: '', kind: 'line', series: [] };
  if (chart.kind === 'run') {
    const cooldown = Number(settings['check_in.cooldown_minutes']);
    return lines(chart.what, seriesOf(flag, chart, chart.what, names), (times) => inARow(times, cooldown));
  }
  if (chart.kind === 'amounts' && isAboutAmounts(flag)) {
    const counts = amounts(readOccurrences(flag.evidence.occurrences).edits);
    return { what: chart.amounts, kind: 'bar', series: [{ title: chart.amounts, counts }] };
  }
  const days = Number(settings[chart.days]);
  const what = chart.what(amountOf(days, 'day'));
  return lines(what, seriesOf(flag, chart, what, names), (times) => inWindow(times, days));
}

interface Times {
  title: string;
  times: Date[];
}

/** When what is counted was: in one series, pairs in one for each other member. */
function seriesOf(flag: Flag, { items }: Chart, what: string, names: ReadonlyMap<string, string>): Times[] {
  if (items !== 'pairs') return [{ title: what, times: timesOf(flag, items) }];
  return othersIn(flag).map((other) => ({
    title: `With ${names.get(other) ?? other}`,
    times: timesOf(flag, items, (pair) => otherOf(pair, flag.member_id) === other),
  }));
}

function lines(what: string, series: Times[], count: (times: Date[]) => Count[]): Counts {
  return { what, kind: 'line', series: series.map(({ title, times }) => ({ title, counts: count(times) })) };
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

function amounts(edits: PointEdit[]): Count[] {
  return edits
    .map(({ edited_at, delta }) => ({ at: new Date(edited_at), count: delta }))
    .sort((one, other) => byTime(one.at, other.at));
}

/** One edit can be too much, or edits too many: the value was then the amount of one of them. */
function isAboutAmounts({ evidence: { value, limit, occurrences } }: Flag): boolean {
  const { edits } = readOccurrences(occurrences);
  return value > limit && edits.some(({ delta }) => Math.abs(delta) === value);
}

function timesOf(flag: Flag, items: Items, isOf: (pair: Pair) => boolean = () => true): Date[] {
  const { checkIns, pairs, edits } = readOccurrences(flag.evidence.occurrences);
  const instants = {
    check_ins: () => checkIns.map(({ checked_in_at }) => checked_in_at),
    // Two followed each other when the later of them came.
    pairs: () =>
      pairs.filter(isOf).map(({ first_at, second_at }) => (first_at > second_at ? first_at : second_at)),
    point_edits: () => edits.map(({ edited_at }) => edited_at),
  };
  return instants[items]().map((at) => new Date(at));
}

function otherOf(pair: Pair, memberId: string): string {
  return pair.first_member_id === memberId ? pair.second_member_id : pair.first_member_id;
}

function byTime(one: Date, other: Date): number {
  return one.getTime() - other.getTime();
}
