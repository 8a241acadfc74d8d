import { useNotify } from '@/shared/notify';
import { ChangesDialog } from './ChangesDialog';
import { useEdited } from './editor';
import { documentOf } from './form';

/** What is about to be saved, before it is. */
export function SaveDialog({ onClose }: { onClose: () => void }) {
  const { base, form, save } = useEdited();
  const notify = useNotify();

  const go = async () => {
    if (await save()) notify({ type: 'success', header: 'Saved. It counts within a minute.' });
    onClose();
  };

  return (
    <ChangesDialog
      title="Save these changes?"
      submit="Save"
      cancel="Go on editing"
      current={base}
      proposed={documentOf(form, base.document)}
      onSubmit={go}
      onClose={onClose}
    />
  );
}
