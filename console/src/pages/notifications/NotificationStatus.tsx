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
import { amountOf } from '@/shared/amounts';

/** The status of notifications, by the settings that are saved. */
export function NotificationStatus() {
  const { data, error, refetch } = useNotifications();
  return (
    <Container header={<Header variant="h2">Status</Header>}>
      {data ? (
        <State state={data} />
      ) : error ? (
        <ProblemAlert
          error={error}
          title="The status of notifications could not be loaded"
          onRetry={() => void refetch()}
        />
      ) : (
        <Loading what="the status" />
      )}
    </Container>
  );
}

function State({ state }: { state: NotificationState }) {
  const { sender, waiting, problem } = state;
  return (
    <SpaceBetween size="m">
      {!sender.ready && (
        <Alert type="warning" header="E-mail cannot be sent yet">
          {sender.explanation}
        </Alert>
      )}
      {problem !== null && (
        <Alert type="warning" header="There was a problem with the last e-mail">
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
            label: 'Flags not yet sent',
            value: waiting === 0 ? 'None' : amountOf(waiting, 'flag'),
          },
          { label: 'Next e-mail', value: <Next state={state} /> },
          {
            label: 'Last digest',
            value: state.last_digest_at === null ? 'No digest yet' : <When at={state.last_digest_at} />,
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Next({ state }: { state: NotificationState }) {
  if (state.frequency === 'off') return <>None: notifications are off</>;
  if (state.recipients.length === 0) return <>None: there are no recipients</>;
  if (state.next_digest_at !== null) return <When at={state.next_digest_at} />;
  return <>{state.frequency === 'every_flag' ? 'With the next flag' : '–'}</>;
}

/** An instant in the time zone of the e-mails, and on hover in the viewer's. */
function When({ at }: { at: string }) {
  const zone = useSettings().data?.document.notifications?.time_zone ?? viewersZone();
  return (
    <time dateTime={at} title={`${inZone(at, viewersZone(), 'precise')} (your time)`}>
      {inZone(at, zone)}
    </time>
  );
}
