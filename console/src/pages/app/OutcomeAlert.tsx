import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Outcome } from '@/api/checkIns';
import { clock } from '@/shared/durations';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ContactUs } from './ContactUs';
import { timeOf, useTimeLeft } from './countdown';
import { BLOCKED } from './refusals';

/** What has become of a wish to check in, in words for the member. */
export function OutcomeAlert({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case 'accepted':
      return (
        <Alert type="success" header="You are checked in">
          <Next at={outcome.next} />
        </Alert>
      );
    case 'too_soon':
      return (
        <Alert type="info" header="You have checked in already">
          {outcome.next === null ? 'Try again later.' : <Next at={outcome.next} />}
        </Alert>
      );
    case 'closed':
      return (
        <Alert type="info" header="We are closed right now">
          {outcome.opens === null ? (
            'Check in during opening hours.'
          ) : (
            <>
              We open at <Time at={outcome.opens} />.
            </>
          )}
        </Alert>
      );
    case 'blocked':
      return (
        <Alert type="error">
          <SpaceBetween size="s">
            <div>{BLOCKED}</div>
            <ContactUs known={outcome.contact} />
          </SpaceBetween>
        </Alert>
      );
    case 'no_number':
      return (
        <Alert type="warning" header="This is no phone number">
          Look at the digits. A number of another country begins with + and its country code.
        </Alert>
      );
    case 'not_enrolled':
      return (
        <Alert type="warning" header="This number is not with us yet">
          Ask at the counter to join.
        </Alert>
      );
    case 'failed':
      return <ProblemAlert error={outcome.error} title="You are not checked in" />;
  }
}

function Next({ at }: { at: string }) {
  const left = useTimeLeft(Date.parse(at));
  if (left === 0) return <>You can check in again now.</>;
  return (
    <>
      You can check in again at <Time at={at} />, in{' '}
      {/* Not read out each second: the time of day says the same. */}
      <span role="timer" aria-live="off">
        {clock(left)}
      </span>
      .
    </>
  );
}

function Time({ at }: { at: string }) {
  const [now] = useState(Date.now);
  return <time dateTime={at}>{timeOf(at, now)}</time>;
}
