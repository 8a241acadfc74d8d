import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState, type ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What the button says: the action, never "OK". */
  confirm: string;
  /** Whether a reason is asked for; it goes into the audit log. */
  asksReason?: boolean;
  /** Do it; the dialog waits, and stays with what is thrown. */
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
}

const LONGEST = 1000;

/** Asks before something is done. */
export function ConfirmDialog({ title, children, confirm, asksReason = false, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const given = reason.trim();

  const go = async () => {
    setMissing(asksReason && given === '');
    if (asksReason && given === '') return;
    setWaiting(true);
    setError(null);
    try {
      await onConfirm(given);
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setWaiting(false);
    }
  };

  return (
    <Modal
      visible
      header={title}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={waiting} onClick={go}>
              {confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {asksReason && (
          <FormField
            label="Reason"
            description="For your colleagues; it is kept in the audit log."
            errorText={missing && given === '' ? 'Say why in a few words.' : undefined}
          >
            <Textarea
              autoFocus
              rows={3}
              value={reason}
              onChange={({ detail }) => {
                setReason(detail.value.slice(0, LONGEST));
              }}
            />
          </FormField>
        )}
        <ProblemAlert error={error} />
      </SpaceBetween>
    </Modal>
  );
}
