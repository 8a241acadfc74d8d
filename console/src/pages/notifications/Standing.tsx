import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNotifications, type NotificationState } from '@/api/notifications';
import { useSettings } from '@/api/settings';
import { Indicator } from '@/shared/Indicator';
import { inZone, viewersZone } from '@/shared/instants';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** How notifications stand now, by the settings that are saved. */
export function Standing() {
  const { data, error, refetch } = useNotifications();
  return (
    <Container header={<Header variant="h2">How it stands</Header>}>
      {data ? (
        <State state={data} />
      ) : error ? (
        <ProblemAlert
          error={error}
          title="How notifications stand could not be loaded"
          onRetry={() => void refetch()}
        />
      ) : (
        <Loading what="how it stands" />
      )}
    </Container>
  );
}

function State({ state }: { state: NotificationState }) {
  const { sender, waiting, problem } = state;
  return (
    <SpaceBetween size="m">
      {!sender.ready && (
        <Alert type="warning" header="Mails cannot be sent yet">
          {sender.explanation}
        </Alert>
      )}
      {problem !== null && (
        <Alert type="warning" header="The last mail had a problem">
          {problem}
        </Alert>
      )}
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: 'Sender',
            value: (
              <>
                <Indicator type={sender.ready ? 'success' : 'warning'}>
                  {sender.ready ? 'Ready' : 'Not ready'}
                </Indicator>
                <Box variant="small" color="text-body-secondary" display="block">
                  {sender.ready ? sender.explanation : sender.address}
                </Box>
              </>
            ),
          },
          {
            label: 'Waiting to be told',
            value: waiting === 0 ? 'Nothing new' : waiting === 1 ? 'One flag' : `${waiting} flags`,
          },
          { label: 'Next mail', value: <Next state={state} /> },
          {
            label: 'News since',
            value: state.last_digest_at === null ? 'No digest yet' : <When at={state.last_digest_at} />,
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Next({ state }: { state: NotificationState }) {
  if (state.frequency === 'off') return <>Never: mails are off</>;
  if (state.recipients.length === 0) return <>None: there are no recipients</>;
  if (state.next_digest_at !== null) return <When at={state.next_digest_at} />;
  return <>{state.frequency === 'every_flag' ? 'With the next flag' : '–'}</>;
}

/** An instant by the clock of the mails, and on hover by the viewer's. */
function When({ at }: { at: string }) {
  const zone = useSettings().data?.document.notifications?.time_zone ?? viewersZone();
  return (
    <time dateTime={at} title={`${inZone(at, viewersZone(), 'precise')} (your time)`}>
      {inZone(at, zone)}
    </time>
  );
}
