import { useLocations } from '@/api/locations';
import { inZone, viewersZone } from './instants';

interface Props {
  at: string;
  /** Where it happened; without it, the time is the viewer's own. */
  location?: string | null;
  precise?: boolean;
}

/** When something happened: in the location's time zone, and on hover in the viewer's. */
export function Instant({ at, location = null, precise = false }: Props) {
  const locations = useLocations();
  const zone = (location === null ? undefined : locations.get(location)?.time_zone) ?? viewersZone();
  return (
    <time dateTime={at} title={`${inZone(at, viewersZone(), true)} (your time)`}>
      {inZone(at, zone, precise)}
    </time>
  );
}
