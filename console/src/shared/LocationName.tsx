import { useLocations } from '@/api/locations';

/** A location by its name; one that is gone is said to be. */
export function LocationName({ id }: { id: string | null }) {
  const locations = useLocations();
  if (id === null) return <>–</>;
  return <>{locations.get(id)?.name ?? (locations.size === 0 ? '…' : 'A former location')}</>;
}
