import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMember, type Flag } from '@/api/members';
import { AppLink } from '@/shared/AppLink';
import { Instant } from '@/shared/Instant';
import { LocationName } from '@/shared/LocationName';
import { NOT_OF_THE_STAFF, Person } from '@/shared/Person';
import { useNarrow } from '@/shared/narrow';
import { DEVICE, useColumns } from './columns';
import { minutesBetween, readOccurrences, type CheckIn, type Pair, type PointEdit } from './occurrences';

/** What a flag was raised by, as it was then. */
export function Evidence({ flag }: { flag: Flag }) {
  const narrow = useNarrow();
  const { member_id: memberId } = flag;
  const { checkIns, pairs, edits } = readOccurrences(flag.evidence.occurrences);
  if (checkIns.length > 0) return <Lines label="Check-ins" items={checkIns} columns={columnsOf(checkIns)} />;
  if (pairs.length > 0)
    return (
      <Lines
        label="Back-to-back check-ins"
        items={pairs}
        columns={narrow ? narrowPairColumns(memberId) : pairColumns(memberId)}
      />
    );
  if (edits.length > 0)
    return (
      <Lines
        label="Point edits"
        items={edits}
        columns={narrow ? narrowEditColumns(flag.staff_names) : editColumns(flag.staff_names)}
      />
    );
  return null;
}

interface LinesProps<T> {
  label: string;
  items: T[];
  columns: TableProps.ColumnDefinition<T>[];
}

function Lines<T>({ label, items, columns }: LinesProps<T>) {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: label }}
      items={items}
      columnDefinitions={useColumns(columns)}
    />
  );
}

const CHECK_INS: TableProps.ColumnDefinition<CheckIn>[] = [
  {
    id: 'at',
    header: 'Check-in',
    isRowHeader: true,
    cell: ({ checked_in_at, location_id }) => (
      <Instant at={checked_in_at} location={location_id} detail="precise" />
    ),
  },
  { id: 'where', header: 'Location', cell: ({ location_id }) => <LocationName id={location_id} /> },
  { id: DEVICE, header: 'Device', cell: ({ device_id }) => device_id ?? '–' },
];

/** Without the devices, when none is known. */
function columnsOf(checkIns: CheckIn[]): TableProps.ColumnDefinition<CheckIn>[] {
  const known = checkIns.some(({ device_id }) => device_id !== null);
  return CHECK_INS.filter(({ id }) => known || id !== DEVICE);
}

type Names = Flag['staff_names'];

function editColumns(names: Names): TableProps.ColumnDefinition<PointEdit>[] {
  return [
    {
      id: 'at',
      header: 'Edited',
      isRowHeader: true,
      cell: ({ edited_at }) => <Instant at={edited_at} detail="precise" />,
    },
    { id: 'delta', header: 'Points', cell: pointsOf },
    { id: 'by', header: 'By', cell: (edit) => <By edit={edit} names={names} /> },
    { id: 'why', header: 'Reason', cell: ({ reason }) => reason },
  ];
}

function narrowEditColumns(names: Names): TableProps.ColumnDefinition<PointEdit>[] {
  return [
    {
      id: 'edit',
      header: 'Points, when, by whom and why',
      isRowHeader: true,
      cell: (edit) => (
        <>
          {pointsOf(edit)} · <Instant at={edit.edited_at} detail="precise" />
          <br />
          <By edit={edit} names={names} />: {edit.reason}
        </>
      ),
    },
  ];
}

function pointsOf({ delta }: PointEdit): string {
  return delta.toLocaleString(undefined, { signDisplay: 'always' });
}

function By({ edit: { by }, names }: { edit: PointEdit; names: Names }) {
  return <Person subject={by} name={names[by]} unknown={NOT_OF_THE_STAFF} />;
}

function pairColumns(memberId: string): TableProps.ColumnDefinition<Pair>[] {
  return [
    {
      id: 'first',
      header: 'First',
      isRowHeader: true,
      cell: (pair) => (
        <Visit memberId={memberId} who={pair.first_member_id} at={pair.first_at} where={pair.location_id} />
      ),
    },
    {
      id: 'second',
      header: 'Then',
      cell: (pair) => (
        <Visit memberId={memberId} who={pair.second_member_id} at={pair.second_at} where={pair.location_id} />
      ),
    },
    { id: 'gap', header: 'Gap', cell: (pair) => minutesBetween(pair.first_at, pair.second_at) },
    { id: 'where', header: 'Location', cell: (pair) => <Place pair={pair} /> },
  ];
}

function narrowPairColumns(memberId: string): TableProps.ColumnDefinition<Pair>[] {
  return [
    {
      id: 'pair',
      header: 'First, then',
      isRowHeader: true,
      cell: (pair) => (
        <>
          <Visit memberId={memberId} who={pair.first_member_id} at={pair.first_at} where={pair.location_id} />
          <br />
          <Visit
            memberId={memberId}
            who={pair.second_member_id}
            at={pair.second_at}
            where={pair.location_id}
          />
          <br />
          {minutesBetween(pair.first_at, pair.second_at)} · <Place pair={pair} />
        </>
      ),
    },
  ];
}

function Place({ pair: { location_id, cell } }: { pair: Pair }) {
  return cell === null ? <LocationName id={location_id} /> : <>Phone position {cell}</>;
}

function Visit(props: { memberId: string; who: string; at: string; where: string | null }) {
  return (
    <>
      {props.who === props.memberId ? 'This member' : <OtherMember id={props.who} />}
      <br />
      <Instant at={props.at} location={props.where} detail="precise" />
    </>
  );
}

function OtherMember({ id }: { id: string }) {
  const { data } = useMember(id);
  return <AppLink href={`/members/${id}`}>{data?.name ?? id}</AppLink>;
}
