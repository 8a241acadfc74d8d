import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCheckIn } from '@/api/checkIns';
import { newApi } from '@/api/client';
import { Empty } from '@/shared/Empty';
import { useSample } from '../context';
import { OutcomeAlert } from '../OutcomeAlert';
import { useTitle } from '../title';
import { forgetMachine, keepMachine, keptMachine, machineTokens, type Machine } from './machine';
import { Next } from './Next';
import { Pad } from './Pad';
import { Setup } from './Setup';

/** The kiosk of a small shop: set up once, then a number pad. */
export default function Kiosk() {
  const [params, setParams] = useSearchParams();
  const [machine, setMachine] = useState(keptMachine);
  const { places } = useSample();
  if (places.length === 0) {
    return <Empty title="There is nowhere to check in">Name locations under “app” in config.json.</Empty>;
  }
  if (machine && !params.has('setup')) return <Counter key={machine.clientId} machine={machine} />;
  return (
    <Setup
      onReady={(ready) => {
        forgetMachine();
        keepMachine(ready);
        setMachine(ready);
        setParams({}, { replace: true });
      }}
    />
  );
}

function Counter({ machine }: { machine: Machine }) {
  const { config, programId, places } = useSample();
  const [api] = useState(() => newApi(config.api_url, { token: machineTokens(config.app, machine) }));
  const [number, setNumber] = useState('');
  // An answer may be lost on its way: the same number next is the same wish.
  const [failed, setFailed] = useState<{ number: string; key: string } | null>(null);
  const { mutate, data, isPending, reset } = useCheckIn(api);
  const place = places.find(({ location_id }) => location_id === machine.locationId)?.name ?? 'this place';
  useTitle(`Check in at ${place}`);
  const again = useCallback(() => {
    setNumber('');
    reset();
  }, [reset]);
  const checkIn = () => {
    const key = failed?.number === number ? failed.key : crypto.randomUUID();
    const attempt = {
      program_id: programId,
      location_id: machine.locationId,
      phone: number,
      device_id: machine.device === '' ? null : machine.device,
      key,
    };
    mutate(attempt, {
      onSuccess: ({ kind }) => {
        setFailed(kind === 'failed' ? { number, key } : null);
      },
    });
  };
  return (
    <Container header={<Header variant="h1">Check in at {place}</Header>}>
      <SpaceBetween size="l">
        {/* There before the answer is, so that it is read out. */}
        <div role="status">{data && <OutcomeAlert outcome={data} />}</div>
        {data ? (
          <Next onDone={again} />
        ) : (
          <Pad number={number} waiting={isPending} onChange={setNumber} onCheckIn={checkIn} />
        )}
      </SpaceBetween>
    </Container>
  );
}
