import { useAudit } from '@/api/audit';
import { Empty } from '@/shared/Empty';
import { viewersZone } from '@/shared/instants';
import { pageOf } from '@/shared/list/list';
import { ListCards } from '@/shared/list/ListCards';
import { ListPage } from '@/shared/list/ListPage';
import { useListView } from '@/shared/list/useListView';
import { columns } from './columns';
import { Filters } from './Filters';
import { FILTERS, queryOf } from './query';

/** The audit log: who did what, newest first, each entry with its place in the chain. */
export default function Audit() {
  const view = useListView(FILTERS);
  const { filters, change, cursor } = view;
  const entries = useAudit(queryOf(filters, viewersZone(), cursor));
  return (
    <ListPage
      title="Audit log"
      description="What people do with this program. Each entry seals the one before it by its hash: keep a number and its hash to prove later that nothing before it has changed."
      list={pageOf(entries)}
      view={view}
      filter={<Filters filters={filters} onChange={change} />}
      failed="The audit log could not be loaded"
      empty={<Empty title="No entries yet">What people do with this program appears here.</Empty>}
      unmatched={{
        title: 'No entry matches',
        hint: 'Enter whole ids. Check-ins are not in this log; they are on the members’ pages.',
      }}
      trackBy="hash"
      columns={columns}
      cards={{ Cards: ListCards, header: 'action' }}
    />
  );
}
