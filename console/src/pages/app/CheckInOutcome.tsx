import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import type { Outcome } from '@/api/checkIns';
import { Refused } from '@/api/problem';
import { clock } from '@/shared/durations';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ContactUs } from './ContactUs';
import { timeOf, useTimeLeft } from './countdown';
import { Poster } from './kiosk/Poster';
import { BLOCKED } from './refusals';

interface Props {
  outcome: Outcome;
  /** The zone of the place where the member checks in. */
  zone: string | undefined;
  /** On the shop's device, in letters that are read from an arm's length, and with nothing that leads away. */
  onKiosk?: boolean;
}

/** The outcome of an attempt to check in, in words for the member. */
export function CheckInOutcome({ outcome, zone, onKiosk = false }: Props) {
  const Frame = onKiosk ? Poster : Alert;
  switch (outcome.kind) {
    case 'accepted':
      return (
        <Frame type="success" header="You are checked in">
          <Next at={outcome.next} zone={zone} />
        </Frame>
      );
    case 'too_soon':
      return (
        <Frame type="info" header="You have checked in already">
          {outcome.next === null ? 'Try again later.' : <Next at={outcome.next} zone={zone} />}
        </Frame>
      );
    case 'closed':
      return (
        <Frame type="info" header="We are closed right now">
          {outcome.opens === null ? (
            'Check in during opening hours.'
          ) : (
            <>
              We open at <Time at={outcome.opens} zone={zone} />.
            </>
          )}
        </Frame>
      );
    case 'blocked':
      return (
        <Frame type="error">
          <SpaceBetween size="s">
            <div>{BLOCKED}</div>
            <ContactUs known={outcome.contact} asText={onKiosk} />
          </SpaceBetween>
        </Frame>
      );
    case 'no_number':
      return (
        <Frame type="warning" header="This is not a phone number">
          Check the digits. A number of another country starts with + and its country code.
        </Frame>
      );
    case 'not_enrolled':
      return (
        <Frame type="warning" header="This number is not enrolled yet">
          Ask at the counter to join.
        </Frame>
      );
    case 'unanswered':
      return (
        <Frame type="warning" header="There is no answer yet">
          {onKiosk ? 'Ask at the counter, or try again in a minute' : 'Check your connection and try again'}:
          a visit counts once.
        </Frame>
      );
    case 'failed':
      if (onKiosk) return <OutOfOrder error={outcome.error} />;
      return <ProblemAlert error={outcome.error} title="You are not checked in" />;
  }
}

/** Members can do nothing about a kiosk; what is wrong is for staff. */
function OutOfOrder({ error }: { error: unknown }) {
  return (
    <Poster
      type="warning"
      header="Ask at the counter"
      small={error instanceof Refused ? error.message : null}
    >
      This kiosk does not work right now.
    </Poster>
  );
}

interface AtProps {
  at: string;
  zone: string | undefined;
}

function Next({ at, zone }: AtProps): ReactNode {
  const left = useTimeLeft(Date.parse(at));
  if (left === 0) return <>You can check in again now.</>;
  return (
    <>
      You can check in again at <Time at={at} zone={zone} />, in{' '}
      {/* Not read out each second: the time of day says the same. */}
      <span role="timer" aria-live="off">
        {clock(left)}
      </span>
      .
    </>
  );
}

function Time({ at, zone }: AtProps) {
  const [now] = useState(Date.now);
  return <time dateTime={at}>{timeOf(at, now, zone)}</time>;
}
