import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import FormField from '@cloudscape-design/components/form-field';
import { use, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { useCheckIn, type Outcome, type Place } from '@/api/checkIns';
import { newApi } from '@/api/client';
import { Refused } from '@/api/problem';
import { aLocation, useFilters } from '@/shared/filters';
import { useMemberApp } from './context';
import { useTimeLeft } from './countdown';
import { CheckInOutcome } from './CheckInOutcome';
import { PlaceChoice } from './PlaceChoice';
import { Places } from './Places';
import type { MemberSession } from './session';
import { useTitle } from './title';

const FILTERS = { location_id: aLocation };

/** Where a member checks in, once they are signed in. */
export default function CheckInPage() {
  const session = use(useMemberApp().session());
  const { search } = useLocation();
  const phone = session.phone();
  if (phone === null) return <Navigate to="/app/sign-in" replace state={{ to: `/app${search}` }} />;
  return <Places>{(places) => <CheckIn phone={phone} session={session} places={places} />}</Places>;
}

interface Props {
  phone: string;
  session: MemberSession;
  places: Place[];
}

function CheckIn({ phone, session, places }: Props) {
  useTitle('Check in');
  const { config, programId } = useMemberApp();
  const [api] = useState(() => newApi(config.api_url, session));
  const navigate = useNavigate();
  // In the address, so that a poster at the door can lead to its own place.
  const [{ location_id: named }, choose] = useFilters(FILTERS);
  const chosen = places.find((place) => place.location_id === named) ?? places[0];
  const [key, setKey] = useState(newKey);
  const { checkIn, outcome, isPending } = useCheckIn(api);
  const waits = useTimeLeft(outcome ? nextOf(outcome) : 0) > 0;
  const send = () => {
    if (!chosen) return;
    checkIn(
      { program_id: programId, location_id: chosen.location_id, phone, device_id: null, key },
      {
        onSuccess: (answer) => {
          setKey(newKey());
          if (answer.kind === 'failed' && hasEnded(answer.error)) {
            void session.signOut().then(() => navigate('/app/sign-in'));
          }
        },
      },
    );
  };
  return (
    <Container header={<Header variant="h1">Check in</Header>}>
      <SpaceBetween size="l">
        <Box color="text-body-secondary">You are signed in as {phone}.</Box>
        <FormField label="Where are you?">
          <PlaceChoice
            places={places}
            chosen={chosen}
            onChoose={(locationId) => {
              choose({ location_id: locationId });
              setKey(newKey());
            }}
          />
        </FormField>
        <div aria-live="polite">
          {outcome && <CheckInOutcome outcome={outcome} zone={chosen?.time_zone} />}
        </div>
        <Button variant="primary" fullWidth loading={isPending} disabled={waits} onClick={send}>
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
