import { useLocations } from '@/api/locations';
import { inZone, viewersZone, type Detail } from './instants';
import { useNarrow } from './narrow';

interface Props {
  at: string;
  /** Where it happened; without it, the time is the viewer's own. */
  location?: string | null;
  /** Evidence is `precise`; of what lies back for long, the `day` is enough. */
  detail?: Detail;
}

/** When something happened: in the location's time zone, and on hover in the viewer's. Phones get it short. */
export function Instant({ at, location = null, detail = 'usual' }: Props) {
  const locations = useLocations();
  const narrow = useNarrow();
  const zone = (location === null ? undefined : locations.get(location)?.time_zone) ?? viewersZone();
  return (
    <time dateTime={at} title={`${inZone(at, viewersZone(), 'precise')} (your time)`}>
      {inZone(at, zone, narrow && detail !== 'day' ? 'short' : detail)}
    </time>
  );
}
