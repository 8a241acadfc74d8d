import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCheckIn, type Place } from '@/api/checkIns';
import { newApi } from '@/api/client';
import { useMemberApp } from '../context';
import { CheckInOutcome } from '../CheckInOutcome';
import { Places } from '../Places';
import { useTitle } from '../title';
import { useAwake } from './awake';
import { forgetMachine, keepMachine, keptMachine, machineTokens, type Machine } from './machine';
import { Next } from './Next';
import { Pad } from './Pad';
import { Setup } from './Setup';
import { newIdempotencyKeys } from './idempotency-keys';

/** The kiosk of a small shop: set up once, then a number pad. */
export default function KioskPage() {
  return <Places>{(places) => <Kiosk places={places} />}</Places>;
}

function Kiosk({ places }: { places: Place[] }) {
  const [params, setParams] = useSearchParams();
  const [machine, setMachine] = useState(keptMachine);
  // A place that was deleted takes its kiosks along.
  const place = places.find(({ location_id }) => location_id === machine?.locationId);
  if (machine && place && !params.has('setup')) {
    return <Counter key={machine.clientId} machine={machine} place={place} />;
  }
  return (
    <Setup
      places={places}
      onReady={(ready) => {
        forgetMachine();
        keepMachine(ready);
        setMachine(ready);
        setParams({}, { replace: true });
      }}
    />
  );
}

function Counter({ machine, place }: { machine: Machine; place: Place }) {
  const { config, pool, programId } = useMemberApp();
  const [api] = useState(() => newApi(config.api_url, { token: machineTokens(pool, machine) }));
  const [keys] = useState(newIdempotencyKeys);
  const [number, setNumber] = useState('');
  const { checkIn, outcome, isPending, isRepeated, reset } = useCheckIn(api);
  useTitle(`Check in at ${place.name}`);
  useAwake();
  const again = useCallback(() => {
    setNumber('');
    reset();
  }, [reset]);
  const send = () => {
    const attempt = {
      program_id: programId,
      location_id: place.location_id,
      phone: number,
      device_id: machine.device === '' ? null : machine.device,
      key: keys.keyOf(number, Date.now()),
    };
    checkIn(attempt, {
      onSuccess: () => {
        keys.answered(number);
      },
    });
  };
  return (
    <div className="kiosk">
      <Container header={<Header variant="h1">Check in at {place.name}</Header>}>
        {/* There before the answer is, so that it is read out. */}
        <div role="status">
          {outcome && <CheckInOutcome outcome={outcome} zone={place.time_zone} onKiosk />}
        </div>
        {outcome ? (
          <Next onDone={again} />
        ) : (
          <Pad
            number={number}
            waiting={isPending}
            repeated={isRepeated}
            onChange={setNumber}
            onCheckIn={send}
          />
        )}
      </Container>
    </div>
  );
}
