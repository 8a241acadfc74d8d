import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { QueuedFlag } from '@/api/flags';
import { useLocations } from '@/api/locations';
import { AppLink } from '@/shared/AppLink';
import { FlagStatus } from '@/shared/FlagStatus';
import { ago, inZone, viewersZone } from '@/shared/instants';
import { LocationName } from '@/shared/LocationName';
import { inWords, RULES } from '@/shared/words';

export const WIDE = ['member', 'why', 'waiting', 'where', 'status'];
export const NARROW = ['flag'];

/** The columns of the queue, by the time that it is. */
export function columnsAt(now: number): TableProps.ColumnDefinition<QueuedFlag>[] {
  return [
    {
      id: 'member',
      header: 'Member',
      minWidth: 105,
      isRowHeader: true,
      cell: (flag) => <Member flag={flag} />,
    },
    { id: 'why', header: 'Why', minWidth: 190, cell: (flag) => <Why flag={flag} /> },
    { id: 'waiting', header: 'Age', minWidth: 85, cell: (flag) => <Age flag={flag} now={now} /> },
    {
      id: 'where',
      header: 'Location',
      minWidth: 90,
      cell: ({ location_id }) => <LocationName id={location_id} />,
    },
    { id: 'status', header: 'Status', minWidth: 95, cell: ({ status }) => <FlagStatus status={status} /> },
    {
      id: 'flag',
      header: 'Flag',
      cell: (flag) => (
        <>
          <div>
            <Member flag={flag} />
          </div>
          <Why flag={flag} />
          <div>
            <Box color="text-body-secondary" variant="small">
              <Age flag={flag} now={now} /> · <LocationName id={flag.location_id} /> ·{' '}
            </Box>
            <FlagStatus status={flag.status} />
          </div>
        </>
      ),
    },
  ];
}

function Member({ flag }: { flag: QueuedFlag }) {
  return (
    <span data-flag={flag.flag_id}>
      <AppLink href={`/members/${flag.member_id}`}>{flag.member_name ?? 'No name'}</AppLink>
    </span>
  );
}

function Why({ flag }: { flag: QueuedFlag }) {
  return (
    <>
      <div>
        <Box color="text-body-secondary" variant="small">
          {inWords(RULES, flag.rule)}
          {flag.count > 1 && ` · ${flag.count} times`}
        </Box>
      </div>
      <div>{flag.evidence.sentence}</div>
    </>
  );
}

/** How long it has waited since Redflag learned of it; on hover, when it took place. */
function Age({ flag, now }: { flag: QueuedFlag; now: number }) {
  const zone = useLocations().get(flag.location_id ?? '')?.time_zone ?? viewersZone();
  return (
    <time dateTime={flag.raised_at} title={inZone(flag.raised_at, zone)}>
      {ago(flag.recorded_at ?? flag.raised_at, now)}
    </time>
  );
}
