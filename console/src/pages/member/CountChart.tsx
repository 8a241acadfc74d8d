import MixedLineBarChart, {
  type MixedLineBarChartProps,
} from '@cloudscape-design/components/mixed-line-bar-chart';
import { useLocations } from '@/api/locations';
import { useMemberNames } from '@/api/member-names';
import type { Flag } from '@/api/members';
import { useSettingsVersion, type SettingsDocument } from '@/api/settings';
import { formOf } from '@/pages/settings/form';
import { inZone, viewersZone } from '@/shared/instants';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { countsOf, othersIn, type Counts } from './counts';

const HEIGHT = 130;

/** A flag's evidence over time, as its rule counts it, and the limit. */
export default function CountChart({ flag }: { flag: Flag }) {
  const { data, error, refetch } = useSettingsVersion(flag.evidence.settings_version);
  const names = useMemberNames(othersIn(flag));
  const zone = useLocations().get(flag.location_id ?? '')?.time_zone ?? viewersZone();
  if (error) {
    return <ProblemAlert error={error} title="The chart could not be drawn" onRetry={() => void refetch()} />;
  }
  if (!data) return <Loading what="the chart" />;
  const counts = countsOf(flag, formOf(data.settings as unknown as SettingsDocument), names);
  return counts.kind === 'bar' ? (
    <Bars flag={flag} counts={counts} zone={zone} />
  ) : (
    <Lines flag={flag} counts={counts} zone={zone} />
  );
}

interface Props {
  flag: Flag;
  counts: Counts;
  zone: string;
}

function Lines({ flag, counts, zone }: Props) {
  const { limit } = flag.evidence;
  const raised = new Date(flag.raised_at);
  const all = counts.series.flatMap((each) => each.counts);
  const times = all.map(({ at }) => at.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  // So that nothing lies on the edge.
  const room = Math.max(last - first, 1) / 25;
  return (
    <MixedLineBarChart
      {...common(flag, counts, zone)}
      xScaleType="time"
      xDomain={[new Date(first - room), new Date(last + room)]}
      yDomain={[0, Math.max(limit, ...all.map(({ count }) => count)) + 1]}
      series={[
        ...counts.series.map(({ title, counts: data }) => ({
          type: 'line' as const,
          title,
          data: data.map(({ at, count }) => ({ x: at, y: count })),
        })),
        { type: 'threshold', title: 'Limit', y: limit },
        // It may lie before the evidence that is kept.
        ...(raised.getTime() >= first
          ? [{ type: 'threshold' as const, title: 'Flag raised', x: raised }]
          : []),
      ]}
      xTickFormatter={(at) => inLines(at, zone)}
      yTickFormatter={wholeOnly}
    />
  );
}

function Bars({ flag, counts, zone }: Props) {
  const { limit } = flag.evidence;
  const all = counts.series.flatMap((each) => each.counts);
  const changes = new Map(all.map(({ at, count }) => [at.toISOString(), count]));
  const most = Math.max(limit, ...all.map(({ count }) => Math.abs(count)));
  return (
    <MixedLineBarChart
      {...common<string>(flag, counts, zone)}
      xScaleType="categorical"
      xDomain={[...changes.keys()]}
      yDomain={[0, most * 1.15]}
      series={[
        {
          type: 'bar',
          title: counts.what,
          data: [...changes].map(([at, change]) => ({ x: at, y: Math.abs(change) })),
          valueFormatter: (_, at) =>
            (changes.get(at) ?? 0).toLocaleString(undefined, { signDisplay: 'always' }),
        },
        { type: 'threshold', title: 'Limit', y: limit },
      ]}
      xTickFormatter={(at) => inLines(new Date(at), zone)}
    />
  );
}

function common<T extends Date | string>(
  { raised_at, evidence: { sentence } }: Flag,
  { what, series }: Counts,
  zone: string,
): Pick<
  MixedLineBarChartProps<T>,
  'height' | 'hideFilter' | 'ariaLabel' | 'ariaDescription' | 'xTitle' | 'yTitle' | 'i18nStrings'
> {
  const most = Math.max(...series.flatMap(({ counts }) => counts.map(({ count }) => Math.abs(count))));
  return {
    height: HEIGHT,
    hideFilter: true,
    ariaLabel: `${what}, over time`,
    ariaDescription: `${sentence}. Raised ${inZone(raised_at, zone)}; the highest value here is ${most}.`,
    xTitle: `Time in ${zone.replaceAll('_', ' ')}`,
    yTitle: what,
    i18nStrings: { chartAriaRoleDescription: 'chart' },
  };
}

const DATE: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

function inLines(at: Date, zone: string): string {
  return [DATE, CLOCK].map((parts) => at.toLocaleString(undefined, { ...parts, timeZone: zone })).join('\n');
}

// There is no half a check-in.
function wholeOnly(count: number): string {
  return Number.isInteger(count) ? count.toLocaleString() : '';
}
