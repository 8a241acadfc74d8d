import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Place } from '@/api/checkIns';
import { unreachable } from '@/api/problem';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMemberApp } from '../context';
import { useTitle } from '../title';
import { machineTokens, type Machine } from './machine';

interface Props {
  places: Place[];
  onReady: (machine: Machine) => void;
}

/** Makes this device a kiosk: staff enter a kiosk client once, and choose its location. */
export function Setup({ places, onReady }: Props) {
  useTitle('Set up a kiosk');
  const { pool } = useMemberApp();
  const [machine, setMachine] = useState<Machine>({
    clientId: '',
    clientSecret: '',
    locationId: places[0]?.location_id ?? '',
    device: 'Kiosk',
  });
  const set = (change: Partial<Machine>) => {
    setMachine((before) => ({ ...before, ...change }));
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await machineTokens(pool, machine)().catch((thrown: unknown) => {
        throw thrown instanceof TypeError ? unreachable() : thrown;
      });
    },
    onSuccess: () => {
      onReady(machine);
    },
  });
  const options = places.map(({ location_id, name }) => ({ value: location_id, label: name }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Container
        header={
          <Header variant="h1" description="An owner adds a client of the kind “Kiosk” under App clients.">
            Set up a kiosk
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Alert type="info">
            This tab’s session storage keeps the id and the secret until the tab is closed, so that the kiosk
            can sign in. Anybody who can open this browser’s developer tools can read them: use a client for
            this device only, and remove it when the device is lost. To set the kiosk up again, open
            /app/kiosk?setup=yes.
          </Alert>
          <FormField label="Client id">
            <Input
              autoComplete={false}
              spellcheck={false}
              value={machine.clientId}
              onChange={({ detail }) => {
                set({ clientId: detail.value.trim() });
              }}
            />
          </FormField>
          <FormField label="Client secret">
            <Input
              type="password"
              autoComplete={false}
              value={machine.clientSecret}
              onChange={({ detail }) => {
                set({ clientSecret: detail.value.trim() });
              }}
            />
          </FormField>
          <FormField label="Location">
            <Select
              options={options}
              selectedOption={options.find(({ value }) => value === machine.locationId) ?? null}
              onChange={({ detail }) => {
                set({ locationId: detail.selectedOption.value ?? '' });
              }}
            />
          </FormField>
          <FormField label="Name of the device" description="Staff see it next to each check-in.">
            <Input
              value={machine.device}
              onChange={({ detail }) => {
                set({ device: detail.value });
              }}
            />
          </FormField>
          <ProblemAlert error={error} title="The kiosk cannot sign in" />
          <Button
            variant="primary"
            fullWidth
            loading={isPending}
            disabled={machine.clientId === '' || machine.clientSecret === ''}
            formAction="submit"
          >
            Start the kiosk
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}
