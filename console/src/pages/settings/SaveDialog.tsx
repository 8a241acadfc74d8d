import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
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
    <Modal
      visible
      header="Save these changes?"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Go on editing
            </Button>
            <Button variant="primary" loading={saving} onClick={go}>
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Changes changes={changes} />
        {suspends && (
          <SpaceBetween size="m">
            <Alert type="warning">
              Rules will suspend members by themselves: whoever they flag can neither log in nor check in
              until one of you decides.
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
                onKeyDown={({ detail }) => {
                  if (detail.key === 'Enter') void go();
                }}
              />
            </FormField>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function isSuspending({ path }: { path: string }): boolean {
  return path === 'automatically_suspend';
}
