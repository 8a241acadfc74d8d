import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import type { Settings, SettingsDocument } from '@/api/settings';
import { Dialog } from '@/shared/Dialog';
import { Changes } from './Changes';
import { changesBetween } from './changes';
import { formOf } from './form';
import { Preview } from './Preview';
import { affected, isAffected } from './preview';

const WORD = 'suspend';

interface Props {
  title: string;
  submit: string;
  cancel?: string;
  current: Settings;
  /** What is to be saved instead. */
  proposed: SettingsDocument;
  /** Save it. */
  onSubmit: () => Promise<void>;
  onClose: () => void;
  /** What has gone wrong, or is to be known besides. */
  children?: ReactNode;
}

/** What is about to change, in words, and what it would have done, before it does. */
export function ChangesDialog({ current, proposed, onSubmit, children, ...dialog }: Props) {
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const before = formOf(current.document);
  const after = formOf(proposed);
  const changes = changesBetween(before, after);
  const suspends = after.automatically_suspend === true && changes.some(isSuspending);
  const confirmed = !suspends || typed.trim().toLowerCase() === WORD;
  const of = affected(before, after);

  const go = async () => {
    setMissing(!confirmed);
    if (confirmed) await onSubmit();
  };

  return (
    <Dialog {...dialog} onSubmit={go}>
      {children}
      {changes.length === 0 ? <div>These are the current settings.</div> : <Changes changes={changes} />}
      {isAffected(of) && <Preview of={of} proposed={{ document: proposed, etag: current.etag }} />}
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
