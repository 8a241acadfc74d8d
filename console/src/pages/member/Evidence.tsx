import type { TableProps } from '@cloudscape-design/components/table';
import { useMember, type Flag } from '@/api/members';
import { AppLink } from '@/shared/AppLink';
import { FittingTable } from '@/shared/FittingTable';
import { Instant } from '@/shared/Instant';
import { LocationName } from '@/shared/LocationName';
import { NOT_OF_THE_STAFF, Person } from '@/shared/Person';
import { minutesBetween, readOccurrences, type CheckIn, type Pair, type PointEdit } from './occurrences';

type Columns<T> = TableProps.ColumnDefinition<T>[];

/** What a flag was raised by, as it was then. */
export function Evidence({ flag }: { flag: Flag }) {
  const { member_id: memberId, staff_names: names } = flag;
  const { checkIns, pairs, edits } = readOccurrences(flag.evidence.occurrences);
  if (checkIns.length > 0) {
    return (
      <Lines
        label="Check-ins"
        items={checkIns}
        columns={checkInColumns(checkIns)}
        narrowColumns={NARROW_CHECK_INS}
      />
    );
  }
  if (pairs.length > 0) {
    return (
      <Lines
        label="Back-to-back check-ins"
        items={pairs}
        columns={pairColumns(memberId)}
        narrowColumns={narrowPairColumns(memberId)}
      />
    );
  }
  if (edits.length > 0) {
    return (
      <Lines
        label="Point edits"
        items={edits}
        columns={editColumns(names)}
        narrowColumns={narrowEditColumns(names)}
      />
    );
  }
  return null;
}

interface LinesProps<T> {
  label: string;
  items: T[];
  columns: Columns<T>;
  /** One column with everything, for the panel and for phones. */
  narrowColumns: Columns<T>;
}

function Lines<T>({ label, items, columns, narrowColumns }: LinesProps<T>) {
  return (
    <FittingTable
      variant="embedded"
      contentDensity="compact"
      ariaLabels={{ tableLabel: label }}
      items={items}
      columnDefinitions={columns}
      narrowColumns={narrowColumns}
    />
  );
}

const DEVICE = 'device';

const CHECK_INS: Columns<CheckIn> = [
  {
    id: 'at',
    header: 'Check-in',
    isRowHeader: true,
    minWidth: 180,
    cell: ({ checked_in_at, location_id }) => (
      <Instant at={checked_in_at} location={location_id} detail="precise" />
    ),
  },
  {
    id: 'where',
    header: 'Location',
    minWidth: 140,
    cell: ({ location_id }) => <LocationName id={location_id} />,
  },
  { id: DEVICE, header: 'Device', minWidth: 140, cell: ({ device_id }) => device_id ?? '–' },
];

/** Without the devices, when none is known. */
function checkInColumns(checkIns: CheckIn[]): Columns<CheckIn> {
  const known = checkIns.some(({ device_id }) => device_id !== null);
  return CHECK_INS.filter(({ id }) => known || id !== DEVICE);
}

const NARROW_CHECK_INS: Columns<CheckIn> = [
  {
    id: 'check-in',
    header: 'Check-in',
    isRowHeader: true,
    cell: ({ checked_in_at, location_id, device_id }) => (
      <>
        <Instant at={checked_in_at} location={location_id} detail="precise" />
        <br />
        <LocationName id={location_id} />
        {device_id !== null && ` · ${device_id}`}
      </>
    ),
  },
];

type Names = Flag['staff_names'];

function editColumns(names: Names): Columns<PointEdit> {
  return [
    {
      id: 'at',
      header: 'Edited',
      isRowHeader: true,
      minWidth: 180,
      cell: ({ edited_at }) => <Instant at={edited_at} detail="precise" />,
    },
    { id: 'delta', header: 'Points', cell: pointsOf },
    { id: 'by', header: 'By', minWidth: 120, cell: (edit) => <By edit={edit} names={names} /> },
    { id: 'why', header: 'Reason', minWidth: 160, cell: ({ reason }) => reason },
  ];
}

function narrowEditColumns(names: Names): Columns<PointEdit> {
  return [
    {
      id: 'edit',
      header: 'Edit',
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

function pairColumns(memberId: string): Columns<Pair> {
  return [
    {
      id: 'first',
      header: 'First',
      isRowHeader: true,
      minWidth: 180,
      cell: (pair) => (
        <Visit memberId={memberId} who={pair.first_member_id} at={pair.first_at} where={pair.location_id} />
      ),
    },
    {
      id: 'second',
      header: 'Then',
      minWidth: 180,
      cell: (pair) => (
        <Visit memberId={memberId} who={pair.second_member_id} at={pair.second_at} where={pair.location_id} />
      ),
    },
    { id: 'gap', header: 'Gap', cell: (pair) => minutesBetween(pair.first_at, pair.second_at) },
    { id: 'where', header: 'Location', minWidth: 140, cell: (pair) => <Place pair={pair} /> },
  ];
}

function narrowPairColumns(memberId: string): Columns<Pair> {
  return [
    {
      id: 'pair',
      header: 'First and then',
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
  const { data, isPending } = useMember(id);
  const name = data?.name ?? (isPending ? '…' : 'Another member');
  return <AppLink href={`/members/${id}`}>{name}</AppLink>;
}
