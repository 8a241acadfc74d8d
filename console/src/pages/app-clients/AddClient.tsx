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

/** Lets a client in. */
export function AddClient({ onAdded, onClose }: Props) {
  const { mutateAsync } = useAddAppClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ClientKind | null>(null);

  const check = () => {
    const problems: Record<string, string> = {};
    const length = name.trim().length;
    if (length === 0) problems.name = 'Give it a name by which you know it again.';
    else if (length > 200) problems.name = 'Use at most 200 characters.';
    if (kind === null) problems.kind = 'Choose what it is.';
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
            description="Such as the shop and the device: one client for each, so that each can be shut out by itself."
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
