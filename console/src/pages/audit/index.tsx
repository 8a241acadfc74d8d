import Button from '@cloudscape-design/components/button';
import Cards from '@cloudscape-design/components/cards';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useAudit } from '@/api/audit';
import { CursorPages, useCursor } from '@/shared/CursorPages';
import { useFilters } from '@/shared/filters';
import { viewersZone } from '@/shared/instants';
import { ListFailed } from '@/shared/ListFailed';
import { useNarrow } from '@/shared/narrow';
import { NothingListed } from '@/shared/NothingListed';
import { cardsCalled, sectionsOf } from '@/shared/sections';
import { inWords } from '@/shared/words';
import { asked, NO_FILTERS } from './asked';
import { columns } from './columns';
import { Filters } from './Filters';
import { ACTIONS } from './words';

/** The audit log: who did what, newest first, each entry with its place in the chain. */
export default function Audit() {
  const [filters, change] = useFilters(NO_FILTERS);
  const cursor = useCursor();
  const narrow = useNarrow();
  const { data, error, isPending, isFetching, refetch } = useAudit(asked(filters, viewersZone(), cursor));
  const next = data?.next_cursor ?? null;
  const clear = () => {
    change(NO_FILTERS);
  };
  if (error) {
    return (
      <ListFailed
        error={error}
        title="The log could not be loaded"
        onRetry={() => void refetch()}
        onClear={clear}
      />
    );
  }
  const shown = {
    items: data?.items ?? [],
    loading: isPending,
    loadingText: 'Loading the log',
    filter: <Filters filters={filters} onChange={change} />,
    pagination: <CursorPages next={next} />,
    empty: (
      <NothingListed
        further={next !== null}
        // It says the same without filters.
        filtered
        soFar="None among the entries looked at so far"
        unmatched="No entry matches"
        hint="Ids must be whole. Check-ins are not in this log; they are on the members’ pages."
        onClear={clear}
      />
    ),
    header: (
      <Header
        variant="awsui-h1-sticky"
        description="What people do with this program. Each entry seals the one before it by its hash: a number and hash that you keep prove later that nothing before it has changed."
        actions={
          <Button
            iconName="refresh"
            ariaLabel="Load again"
            loading={isFetching}
            onClick={() => void refetch()}
          />
        }
      >
        Audit
      </Header>
    ),
  };
  if (!narrow) {
    return (
      <Table
        {...shown}
        variant="full-page"
        stickyHeader
        wrapLines
        trackBy="hash"
        columnDefinitions={columns}
        ariaLabels={{ tableLabel: 'Audit log' }}
      />
    );
  }
  return (
    <Cards
      {...shown}
      trackBy="hash"
      ariaLabels={cardsCalled('Audit log')}
      cardDefinition={{
        header: ({ action }) => inWords(ACTIONS, action),
        sections: sectionsOf(columns.filter(({ id }) => id !== 'action')),
      }}
    />
  );
}
