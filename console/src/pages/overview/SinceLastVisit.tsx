import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useFlagsSince, type QueuedFlag } from '@/api/flags';
import { AppLink } from '@/shared/AppLink';
import { ago } from '@/shared/instants';
import { Loading } from '@/shared/Loading';
import { useNow } from '@/shared/now';
import { ProblemAlert } from '@/shared/ProblemAlert';
import type { Visit } from './visit';

const SHOWN = 5;

/** What has changed since this person last looked, on this device. */
export function SinceLastVisit({ before, open }: { before: Visit['before']; open: number }) {
  const now = useNow();
  return (
    <Container
      fitHeight
      header={
        <Header description={before === null ? undefined : `You were last here ${ago(before.at, now)}.`}>
          Since your last visit
        </Header>
      }
    >
      {before === null ? (
        <Box color="text-body-secondary">
          This is your first visit on this device. Next time, you see here what is new.
        </Box>
      ) : (
        <SpaceBetween size="s">
          {before.open !== null && (
            <div>
              {open.toLocaleString()} open now, {before.open.toLocaleString()} at your last visit.
            </div>
          )}
          <New since={before.at} />
        </SpaceBetween>
      )}
    </Container>
  );
}

function New({ since }: { since: string }) {
  const { data, error, refetch } = useFlagsSince(since);
  if (error) {
    return (
      <ProblemAlert error={error} title="New flags could not be loaded" onRetry={() => void refetch()} />
    );
  }
  if (!data) return <Loading what="new flags" />;
  const waiting = data.items.filter(({ status }) => status === 'open');
  return (
    <>
      <div>{inNumbers(data.items.length, waiting.length, data.next_cursor !== null)}</div>
      <ul className="flags">
        {waiting.slice(0, SHOWN).map((flag) => (
          <NewFlag key={flag.flag_id} flag={flag} />
        ))}
      </ul>
    </>
  );
}

function NewFlag({ flag }: { flag: QueuedFlag }) {
  return (
    <li>
      <AppLink href={`/queue?flag=${flag.flag_id}`}>{flag.member_name ?? 'No name'}</AppLink>:{' '}
      {flag.evidence.sentence}
    </li>
  );
}

function inNumbers(raised: number, waiting: number, more: boolean): string {
  if (raised === 0) return 'No new flags.';
  const flags = `${more ? 'More than ' : ''}${raised} new ${raised === 1 && !more ? 'flag' : 'flags'}`;
  return waiting === 0 ? `${flags}, all decided.` : `${flags}, ${waiting} still open.`;
}
