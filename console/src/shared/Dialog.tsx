import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useState, type ReactNode } from 'react';

interface Props {
  title: string;
  /** What the button says: the action, never "OK". */
  submit: string;
  /** What the way out says. */
  cancel?: string;
  /** Do it; until that is done, the dialog waits and does nothing more. */
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is a form: Enter in a field does what the button says. */
export function Dialog({ title, submit, cancel = 'Cancel', onSubmit, onClose, children }: Props) {
  const form = useId();
  const [waiting, setWaiting] = useState(false);

  const go = async () => {
    setWaiting(true);
    try {
      await onSubmit();
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
              {cancel}
            </Button>
            <Button variant="primary" loading={waiting} formAction="submit" form={form}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        // What is wrong is said in words of our own, beside the fields.
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!waiting) void go();
        }}
      >
        <SpaceBetween size="m">{children}</SpaceBetween>
      </form>
    </Modal>
  );
}
