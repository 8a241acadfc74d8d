import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { NewAppClient } from '@/api/app-clients';

/** A new client's id and secret, shown this once. It closes once somebody says that the secret is stored. */
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
      header={`${client.name} is added`}
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
          <Box>The app signs members in with this id; there is no secret.</Box>
        ) : (
          <SpaceBetween size="m">
            <Copied label="Client secret" text={client.client_secret} />
            <Alert type="warning">
              The secret is shown only once. Store it where the client reads it, and nowhere else. If it is
              lost, remove the client and add it again.
            </Alert>
            <Checkbox
              checked={kept}
              onChange={({ detail }) => {
                setKept(detail.checked);
                setMissing(false);
              }}
            >
              I have stored the secret
            </Checkbox>
            <div role="alert">
              {missing && <Box color="text-status-error">Store the secret first, then check this box.</Box>}
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
        copyErrorText="Copying failed. Select the text and copy it."
      />
    </div>
  );
}
