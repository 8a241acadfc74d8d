import { useDeleteLocation } from '@/api/location-changes';
import type { Location } from '@/api/locations';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';

interface Props {
  location: Location;
  onDeleted: () => void;
  onClose: () => void;
}

/** Asks before a location goes. */
export function DeleteLocation({ location, onDeleted, onClose }: Props) {
  const { mutateAsync } = useDeleteLocation(location.location_id);
  const notify = useNotify();
  return (
    <ConfirmDialog
      title={`Delete ${location.name}?`}
      confirm="Delete"
      onConfirm={async () => {
        await mutateAsync();
        notify({ type: 'success', header: `${location.name} is deleted.` });
        onDeleted();
      }}
      onClose={onClose}
    >
      Nobody can check in there any more. Its check-ins, flags and evidence stay. You cannot undo this: a new
      location with the same name is a different one.
    </ConfirmDialog>
  );
}
