import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import {
  isOvertaken,
  useSaveSettings,
  useSettings,
  type SettingsDocument,
  type SettingsVersion,
} from '@/api/settings';
import { ChangesDialog } from '@/pages/settings/ChangesDialog';
import { useNotify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Props {
  version: SettingsVersion;
  onClose: () => void;
}

/** An older version is restored, as a new one: never over what somebody has saved meanwhile. */
export function RestoreDialog({ version, onClose }: Props) {
  const { data: current, error: unread, refetch } = useSettings();
  const { mutateAsync } = useSaveSettings();
  const notify = useNotify();
  const [refusal, setRefusal] = useState<unknown>(null);
  const document = version.settings as unknown as SettingsDocument;

  if (!current) {
    return unread ? <ProblemAlert error={unread} title="The settings could not be loaded" /> : null;
  }

  const restore = async () => {
    setRefusal(null);
    try {
      const { etag } = await mutateAsync({ document, etag: current.etag });
      const header = `Version ${version.version} is restored, as version ${etag.replaceAll('"', '')}. It counts within a minute.`;
      notify({ type: 'success', header });
      onClose();
    } catch (thrown) {
      if (isOvertaken(thrown)) await refetch();
      setRefusal(thrown);
    }
  };

  return (
    <ChangesDialog
      title={`Restore version ${version.version}?`}
      submit="Restore"
      current={current}
      proposed={document}
      onSubmit={restore}
      onClose={onClose}
    >
      {isOvertaken(refusal) ? (
        <Alert type="warning" header="The settings were changed meanwhile">
          Nothing was restored. Below is what restoring would change in the current ones now. Look at it, then
          restore.
        </Alert>
      ) : (
        <ProblemAlert error={refusal} title={`Version ${version.version} was not restored`} />
      )}
    </ChangesDialog>
  );
}
