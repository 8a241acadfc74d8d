import { useParams } from 'react-router';
import { useLocationList } from '@/api/locations';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { usePageTitle } from '@/shared/title';
import { draftOf } from './draft';
import { LocationForm } from './LocationForm';

/** A location's own page. */
export default function LocationPage() {
  const { locationId = '' } = useParams();
  const { data, error, refetch } = useLocationList();
  const location = data?.get(locationId);
  usePageTitle(location?.name);
  if (location) return <LocationForm key={locationId} location={location} initial={draftOf(location)} />;
  if (error) {
    return (
      <ProblemAlert error={error} title="The location could not be loaded" onRetry={() => void refetch()} />
    );
  }
  if (!data) return <Loading what="the location" />;
  return (
    <Empty
      title="There is no such location"
      action={<AppLink href="/settings/locations">Go to the locations</AppLink>}
    >
      It may have been deleted.
    </Empty>
  );
}
