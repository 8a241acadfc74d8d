import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { useCheckIn, type Outcome } from '@/api/checkIns';
import { Refused } from '@/api/problem';
import { useFilters } from '@/shared/filters';
import { Empty } from '@/shared/Empty';
import { useSample } from './context';
import { useTimeLeft } from './countdown';
import { OutcomeAlert } from './OutcomeAlert';
import { useTitle } from './title';

const NOWHERE = { location: '' };

/** Where a member checks in, once they are signed in. */
export default function CheckInPage() {
  const { session } = useSample();
  const { search } = useLocation();
  const phone = session.phone();
  if (phone === null) return <Navigate to="/app/sign-in" replace state={{ to: `/app${search}` }} />;
  return <CheckIn phone={phone} />;
}

function CheckIn({ phone }: { phone: string }) {
  useTitle('Check in');
  const { api, programId, places, session } = useSample();
  const navigate = useNavigate();
  // In the address, so that a poster at the door can lead to its own place.
  const [{ location }, choose] = useFilters(NOWHERE);
  const chosen = places.find((place) => place.location_id === location) ?? places[0];
  const [key, setKey] = useState(newKey);
  const { mutate, data, isPending } = useCheckIn(api);
  const waits = useTimeLeft(data ? nextOf(data) : 0) > 0;
  if (!chosen) {
    return <Empty title="There is nowhere to check in">Name locations under “app” in config.json.</Empty>;
  }
  const checkIn = () => {
    mutate(
      { program_id: programId, location_id: chosen.location_id, phone, device_id: null, key },
      {
        onSuccess: (outcome) => {
          // Without an answer that decides, the same wish is sent again by the same key.
          if (outcome.kind !== 'failed') setKey(newKey());
          else if (hasEnded(outcome.error)) void session.signOut().then(() => navigate('/app/sign-in'));
        },
      },
    );
  };
  return (
    <Container header={<Header variant="h1">Check in</Header>}>
      <SpaceBetween size="l">
        <Box color="text-body-secondary">You are signed in as {phone}.</Box>
        <FormField label="Where are you?">
          <RadioGroup
            items={places.map(({ location_id, name }) => ({ value: location_id, label: name }))}
            value={chosen.location_id}
            onChange={({ detail }) => {
              choose({ location: detail.value });
              setKey(newKey());
            }}
          />
        </FormField>
        <div aria-live="polite">{data && <OutcomeAlert outcome={data} />}</div>
        <Button variant="primary" fullWidth loading={isPending} disabled={waits} onClick={checkIn}>
          Check in
        </Button>
      </SpaceBetween>
    </Container>
  );
}

function nextOf(outcome: Outcome): number {
  const next = 'next' in outcome ? outcome.next : null;
  return next === null ? 0 : Date.parse(next);
}

function hasEnded(error: unknown): boolean {
  return error instanceof Refused && error.status === 401;
}

function newKey(): string {
  return crypto.randomUUID();
}
