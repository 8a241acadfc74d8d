import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import type { Flag } from '@/api/members';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { FLAG_STATUSES, inWords } from '@/shared/words';

interface Props {
  flag: Flag;
  overtaken: boolean;
  onNext: () => void;
}

/** Who has decided on a flag, and what: above all for whoever was about to. */
export function DecidedMeanwhile({ flag, overtaken, onNext }: Props) {
  return (
    <LiveRegion>
      <Alert
        type={overtaken ? 'warning' : 'info'}
        header={overtaken ? 'A colleague decided first' : 'This flag is already decided'}
        action={<Button onClick={onNext}>Next flag</Button>}
        data-testid="decided"
      >
        <div>
          {inWords(FLAG_STATUSES, flag.status)} ·{' '}
          <Person subject={flag.decided_by} name={flag.decided_by_name} />
          {flag.decided_at !== null && (
            <>
              {' · '}
              <Instant at={flag.decided_at} />
            </>
          )}
        </div>
        {flag.reason !== null && <div>Reason: {flag.reason}</div>}
        {overtaken && <div>Your decision was not saved. Theirs is unchanged.</div>}
      </Alert>
    </LiveRegion>
  );
}
