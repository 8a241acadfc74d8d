import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useAddAppClient, type NewAppClient } from '@/api/app-clients';
import { FormDialog } from '@/shared/FormDialog';
import { KINDS, type ClientKind } from './kinds';

interface Props {
  onAdded: (client: NewAppClient) => void;
  onClose: () => void;
}

/** Adds a client. */
export function AddClient({ onAdded, onClose }: Props) {
  const { mutateAsync } = useAddAppClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ClientKind | null>(null);

  const check = () => {
    const problems: Record<string, string> = {};
    const length = name.trim().length;
    if (length === 0) problems.name = 'Enter a name.';
    else if (length > 200) problems.name = 'Use at most 200 characters.';
    if (kind === null) problems.kind = 'Choose a kind.';
    return problems;
  };
  const add = async () => {
    if (kind !== null) onAdded(await mutateAsync({ name: name.trim(), kind }));
  };

  return (
    <FormDialog
      title="Add a client"
      submit="Add"
      fields={['name', 'kind']}
      check={check}
      onSubmit={add}
      onClose={onClose}
    >
      {(problems) => (
        <SpaceBetween size="m">
          <FormField
            label="Name"
            description="For example the shop and the device. Add one client for each device, so that each can be removed by itself."
            errorText={problems.name}
          >
            <Input
              autoFocus
              autoComplete={false}
              value={name}
              onChange={({ detail }) => {
                setName(detail.value);
              }}
            />
          </FormField>
          <FormField label="Kind" errorText={problems.kind}>
            <RadioGroup
              items={KINDS.map(({ value, label, may }) => ({ value, label, description: may }))}
              value={kind}
              onChange={({ detail }) => {
                setKind(detail.value as ClientKind);
              }}
            />
          </FormField>
        </SpaceBetween>
      )}
    </FormDialog>
  );
}
