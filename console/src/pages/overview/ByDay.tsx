import BarChart from '@cloudscape-design/components/bar-chart';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { Summary } from '@/api/summary';
import { Empty } from '@/shared/Empty';
import { inWords, RULES } from '@/shared/words';
import { barsOf } from './numbers';

/** The flags that were raised, by day and rule. */
export function ByDay({ byDay }: { byDay: Summary['by_day'] }) {
  const { days, rules } = barsOf(byDay);
  const weekly = days.length < Object.keys(byDay).length;
  const title = weekly ? 'Flags by week and rule' : 'Flags by day and rule';
  return (
    <Container
      header={
        <Header description="By the day they were raised, whatever their status is now.">{title}</Header>
      }
    >
      <BarChart
        stackedBars
        hideFilter
        height={240}
        ariaLabel={title}
        xTitle={weekly ? 'Week from' : 'Day'}
        yTitle="Flags"
        xDomain={days}
        series={rules.map(({ rule, flags }) => ({
          type: 'bar',
          title: inWords(RULES, rule),
          data: days.map((x, index) => ({ x, y: flags[index] ?? 0 })),
        }))}
        xTickFormatter={dayInWords}
        yTickFormatter={wholeOnly}
        empty={<Empty title="No flags in these days">Choose more days to look further back.</Empty>}
      />
    </Container>
  );
}

function dayInWords(day: string): string {
  return new Date(day).toLocaleDateString(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

// There is no half a flag.
function wholeOnly(flags: number): string {
  return Number.isInteger(flags) ? flags.toLocaleString() : '';
}
