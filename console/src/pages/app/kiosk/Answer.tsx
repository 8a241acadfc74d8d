import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import type { Outcome } from '@/api/checkIns';
import { useTimeLeft } from '../countdown';
import { OutcomeAlert } from '../OutcomeAlert';

const SHOWN = 5_000;

interface Props {
  outcome: Outcome;
  onDone: () => void;
}

/** The answer, for five seconds or until the next member wants to go on. */
export function Answer({ outcome, onDone }: Props) {
  const [until] = useState(() => Date.now() + SHOWN);
  const left = useTimeLeft(until);
  const over = left === 0;
  const next = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    next.current?.focus();
  }, []);
  useEffect(() => {
    if (over) onDone();
  }, [over, onDone]);
  return (
    <SpaceBetween size="l">
      <div role="status">
        <OutcomeAlert outcome={outcome} />
      </div>
      <Button ref={next} fullWidth style={{ root: { paddingBlock: '1.1rem' } }} onClick={onDone}>
        Next, please ({Math.ceil(left / 1000)} s)
      </Button>
    </SpaceBetween>
  );
}
