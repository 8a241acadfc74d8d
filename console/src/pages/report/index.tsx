import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useLocations } from '@/api/locations';
import { useRedFlag, useRedFlags } from '@/api/reports';
import { useRole } from '@/auth/role';
import { Empty } from '@/shared/Empty';
import { viewersZone } from '@/shared/instants';
import { pageOf, wholeOf } from '@/shared/list/list';
import { ListCards } from '@/shared/list/ListCards';
import { ListPage } from '@/shared/list/ListPage';
import { useListView } from '@/shared/list/useListView';
import { columns } from './columns';
import { Export } from './Export';
import { Filters } from './Filters';
import { FILTERS, queryOf } from './query';

/** The red flag report: every flag as it stands now, newest first; filtered, page by page, or as a file. */
export default function Report() {
  const view = useListView(FILTERS);
  const { filters, change, cursor } = view;
  const { may } = useRole();
  const locations = useLocations();
  // Days begin where the flags were raised, or, for several places, where the viewer is.
  const zone = locations.get(filters.location_id)?.time_zone ?? viewersZone();
  const alone = filters.flag !== '';
  const page = useRedFlags(queryOf(filters, zone, cursor), !alone);
  const row = useRedFlag(filters.flag);
  return (
    <ListPage
      title="Red flag report"
      description="Every flag as it stands now, newest first."
      actions={may('export') && !alone && <Export filters={queryOf(filters, zone)} />}
      list={alone ? wholeOf(row) : pageOf(page)}
      view={view}
      filter={alone ? <OneFlag onLeave={view.clear} /> : <Filters filters={filters} onChange={change} />}
      failed="The report could not be loaded"
      empty={
        <Empty title="No flags yet">
          Flags appear here as soon as a rule, or one of your staff, flags a member.
        </Empty>
      }
      unmatched={{ title: 'No flag matches', hint: 'Choose a longer time, or fewer filters.' }}
      trackBy="flag_id"
      columns={columns}
      cards={{ Cards: ListCards, header: 'member' }}
    />
  );
}

function OneFlag({ onLeave }: { onLeave: () => void }) {
  return <Alert action={<Button onClick={onLeave}>Show all flags</Button>}>Only one flag is shown.</Alert>;
}
