import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Dialog } from '@/shared/Dialog';
import { useNotify } from '@/shared/notify';
import { Changes } from './Changes';
import { useEdited } from './editor';

const WORD = 'suspend';

/** What is about to change, in words, before it does. */
export function SaveDialog({ onClose }: { onClose: () => void }) {
  const { changes, form, save } = useEdited();
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const [saving, setSaving] = useState(false);
  const suspends = form.automatically_suspend === true && changes.some(isSuspending);
  const confirmed = !suspends || typed.trim().toLowerCase() === WORD;

  const go = async () => {
    setMissing(!confirmed);
    if (!confirmed) return;
    setSaving(true);
    if (await save()) notify({ type: 'success', header: 'Saved. It counts within a minute.' });
    onClose();
  };

  return (
    <Dialog
      title="Save these changes?"
      submit="Save"
      cancel="Go on editing"
      waiting={saving}
      onSubmit={go}
      onClose={onClose}
    >
      <Changes changes={changes} />
      {suspends && (
        <SpaceBetween size="m">
          <Alert type="warning">
            Rules will suspend members by themselves: whoever they flag can neither log in nor check in until
            one of you decides.
          </Alert>
          <FormField
            label={`Type “${WORD}” to turn this on`}
            errorText={missing && !confirmed ? `Type ${WORD}, or turn the setting off again.` : undefined}
          >
            <Input
              autoFocus
              autoComplete={false}
              value={typed}
              onChange={({ detail }) => {
                setTyped(detail.value);
              }}
            />
          </FormField>
        </SpaceBetween>
      )}
    </Dialog>
  );
}

function isSuspending({ path }: { path: string }): boolean {
  return path === 'automatically_suspend';
}
