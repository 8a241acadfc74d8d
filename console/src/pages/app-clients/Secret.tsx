import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { NewAppClient } from '@/api/app-clients';

/** A new client's id and secret, shown this once. It does not close before that is said to be understood. */
export function Secret({ client, onClose }: { client: NewAppClient; onClose: () => void }) {
  const [kept, setKept] = useState(client.client_secret === null);
  const [missing, setMissing] = useState(false);
  const close = () => {
    if (kept) onClose();
    else setMissing(true);
  };
  return (
    <Modal
      visible
      header={`${client.name} is let in`}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Copied label="Client id" text={client.client_id} />
        {client.client_secret === null ? (
          <Box>The app signs members in by this id alone; there is no secret.</Box>
        ) : (
          <SpaceBetween size="m">
            <Copied label="Client secret" text={client.client_secret} />
            <Alert type="warning">
              The secret is shown this once. Keep it where the client finds it, and nowhere else. If it is
              lost, remove the client and add it again.
            </Alert>
            <Checkbox
              checked={kept}
              onChange={({ detail }) => {
                setKept(detail.checked);
                setMissing(false);
              }}
            >
              I have kept the secret
            </Checkbox>
            <div role="alert">
              {missing && <Box color="text-status-error">Keep the secret first, then say so here.</Box>}
            </div>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <div className="breakable">
      <Box variant="awsui-key-label">{label}</Box>
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        copyButtonAriaLabel={`Copy the ${label.toLowerCase()}`}
        copySuccessText="Copied"
        copyErrorText="It could not be copied: select it and copy it by hand"
      />
    </div>
  );
}
