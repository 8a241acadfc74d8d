import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSummary, type Summary } from '@/api/summary';
import { oneOf, useFilters } from '@/shared/filters';
import { viewersZone } from '@/shared/instants';
import { Loading } from '@/shared/Loading';
import { useNow } from '@/shared/now';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ByDay } from './ByDay';
import { Locations } from './Locations';
import { firstDay } from './numbers';
import { Rules } from './Rules';
import { SinceLastVisit } from './SinceLastVisit';
import { useVisit } from './useVisit';
import { Waiting } from './Waiting';

const SPANS = { '7': '7 days', '30': '30 days', '90': '90 days' };
const FILTERS = { days: oneOf(SPANS, '30') };
const HALVES = [{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }];

/** What waits, what is new, and what the rules are worth. */
export default function Overview() {
  const [{ days }, change] = useFilters(FILTERS);
  const { data, error, refetch } = useSummary(firstDay(Number(days), useNow(), viewersZone()));
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SegmentedControl
              label="Days"
              options={Object.entries(SPANS).map(([id, text]) => ({ id, text }))}
              selectedId={days}
              onChange={({ detail }) => {
                change({ days: detail.selectedId });
              }}
            />
          }
        >
          Overview
        </Header>
      }
    >
      {data && <Numbers summary={data} />}
      {!data && !error && <Loading what="the numbers" />}
      {!data && (
        <ProblemAlert error={error} title="The numbers could not be loaded" onRetry={() => void refetch()} />
      )}
    </ContentLayout>
  );
}

function Numbers({ summary }: { summary: Summary }) {
  const { before } = useVisit(summary.open.flags);
  return (
    <SpaceBetween size="l">
      <Grid gridDefinition={HALVES}>
        <Waiting open={summary.open} />
        <SinceLastVisit before={before} open={summary.open.flags} />
      </Grid>
      <ByDay byDay={summary.by_day} />
      <Grid gridDefinition={HALVES}>
        <Rules precision={summary.precision} />
        <Locations locations={summary.by_location} />
      </Grid>
    </SpaceBetween>
  );
}
