import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMembers, type MemberFilters } from '@/api/members';
import { CursorPages, useCursor } from '@/shared/CursorPages';
import { Empty } from '@/shared/Empty';
import { useFilters } from '@/shared/filters';
import { useNarrow } from '@/shared/narrow';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { columns, NARROW, WIDE } from './columns';
import { Filters, NO_FILTERS } from './Filters';

/** The members of the program: looked for, filtered, page by page. */
export default function Members() {
  const [filters, change] = useFilters(NO_FILTERS);
  const cursor = useCursor();
  const narrow = useNarrow();
  const { data, error, isFetching, isPending, refetch } = useMembers(asked(filters, cursor));
  const filtered = filters.query !== '' || filters.flagged !== '' || filters.access !== '';
  const clear = () => {
    change(NO_FILTERS);
  };

  if (error) {
    return <ProblemAlert error={error} title="Members could not be loaded" onRetry={() => void refetch()} />;
  }
  return (
    <Table
      variant={narrow ? 'borderless' : 'full-page'}
      stickyHeader={!narrow}
      trackBy="member_id"
      items={data?.items ?? []}
      columnDefinitions={columns}
      columnDisplay={(narrow ? NARROW : WIDE).map((id) => ({ id, visible: true }))}
      loading={isPending}
      loadingText="Loading members"
      header={
        <Header
          variant="awsui-h1-sticky"
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Load again"
              loading={isFetching}
              onClick={() => void refetch()}
            />
          }
        >
          Members
        </Header>
      }
      filter={<Filters filters={filters} onChange={change} />}
      pagination={<CursorPages next={data?.next_cursor ?? null} />}
      empty={
        filtered ? (
          <Empty title="No member matches" action={<Button onClick={clear}>Clear the filters</Button>}>
            A phone number and your own id must be whole; of a name, a part is enough.
          </Empty>
        ) : (
          <Empty title="There are no members yet">
            Members appear when the app, a kiosk or your own system enrols them.
          </Empty>
        )
      }
      ariaLabels={{ tableLabel: 'Members' }}
      footer={data?.next_cursor && data.items.length === 0 ? <Further /> : undefined}
    />
  );
}

/** A page may be empty and still have a next one: a long search goes on there. */
function Further() {
  return (
    <SpaceBetween size="xs" alignItems="center">
      Nobody among the members looked at so far. The next page looks further.
    </SpaceBetween>
  );
}

function asked(filters: typeof NO_FILTERS, cursor: string | undefined): MemberFilters {
  const given = Object.entries({ ...filters, cursor: cursor ?? '' }).filter(([, value]) => value !== '');
  return Object.fromEntries(given);
}
