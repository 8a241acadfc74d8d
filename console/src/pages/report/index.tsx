import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocations } from '@/api/locations';
import { useRedFlag, useRedFlags } from '@/api/reports';
import { useRole } from '@/auth/role';
import { CursorPages, useCursor } from '@/shared/CursorPages';
import { Empty } from '@/shared/Empty';
import { isFiltered, useFilters } from '@/shared/filters';
import { viewersZone } from '@/shared/instants';
import { ListFailed } from '@/shared/ListFailed';
import { NothingListed } from '@/shared/NothingListed';
import { asked, NO_FILTERS } from './asked';
import { Export } from './Export';
import { Filters } from './Filters';
import { Rows } from './Rows';

/** The red flag report: every flag as it stands now, newest first; filtered, page by page, or as a file. */
export default function Report() {
  const [filters, change] = useFilters(NO_FILTERS);
  const { may } = useRole();
  const cursor = useCursor();
  const locations = useLocations();
  // Days begin where the flags were raised, or, for several places, where the viewer is.
  const zone = locations.get(filters.location)?.time_zone ?? viewersZone();
  const alone = filters.flag !== '';
  const page = useRedFlags(asked(filters, zone, cursor), !alone);
  const row = useRedFlag(filters.flag);
  const { error, isPending, isFetching, refetch } = alone ? row : page;
  const items = alone ? row.data : page.data?.items;
  const next = alone ? null : (page.data?.next_cursor ?? null);
  const clear = () => {
    change(NO_FILTERS);
  };

  if (error) {
    return (
      <ListFailed
        error={error}
        title="The report could not be loaded"
        onRetry={() => void refetch()}
        onClear={isFiltered(filters, NO_FILTERS) ? clear : undefined}
      />
    );
  }
  return (
    <Rows
      items={items ?? []}
      loading={isPending}
      header={
        <Header
          variant="awsui-h1-sticky"
          description="Every flag as it stands now, newest first."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                ariaLabel="Load again"
                loading={isFetching}
                onClick={() => void refetch()}
              />
              {may('export') && !alone && <Export filters={asked(filters, zone)} />}
            </SpaceBetween>
          }
        >
          Red flag report
        </Header>
      }
      filter={alone ? <Alone onLeave={clear} /> : <Filters filters={filters} onChange={change} />}
      pagination={alone ? null : <CursorPages next={next} />}
      empty={
        <NothingListed
          further={next !== null}
          filtered={isFiltered(filters, NO_FILTERS)}
          soFar="None among the flags looked at so far"
          unmatched="No flag matches"
          hint="Choose a longer time, or fewer filters."
          onClear={clear}
        >
          <Empty title="No flags yet">
            They appear here as soon as a rule, or one of you, flags a member.
          </Empty>
        </NothingListed>
      }
    />
  );
}

function Alone({ onLeave }: { onLeave: () => void }) {
  return (
    <Alert action={<Button onClick={onLeave}>Show all rows</Button>}>
      This is one row, as the other member’s row leads to it.
    </Alert>
  );
}
