import Alert from '@cloudscape-design/components/alert';
import { useNewestVersion } from '@/api/settings';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { Changes } from './Changes';
import { useEdited } from './editor';

/** What somebody has saved while somebody else was editing. */
export function Meanwhile() {
  const { meanwhile, dismissMeanwhile } = useEdited();
  if (meanwhile.length === 0) return null;
  return (
    <Alert
      type="warning"
      dismissible
      onDismiss={dismissMeanwhile}
      header="The settings were changed while you were editing"
    >
      <Who />
      <Changes changes={meanwhile} />
      What you have edited is kept, on top of that. Look at it, then save.
    </Alert>
  );
}

function Who() {
  const { data } = useNewestVersion();
  if (!data?.saved_at) return null;
  return (
    <div>
      <Person subject={data.saved_by} name={data.saved_by_name} /> saved version {data.version} on{' '}
      <Instant at={data.saved_at} />:
    </div>
  );
}
