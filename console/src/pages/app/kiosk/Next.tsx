import type { ButtonProps } from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { useTimeLeft } from '../countdown';
import { LargeButton } from './LargeButton';

const SHOWN = 5_000;

/** Leads back to the pad: after five seconds, or when the next member wants to go on. */
export function Next({ onDone }: { onDone: () => void }) {
  const [until] = useState(() => Date.now() + SHOWN);
  const left = useTimeLeft(until);
  const over = left === 0;
  const button = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);
  useEffect(() => {
    if (over) onDone();
  }, [over, onDone]);
  return (
    <LargeButton ref={button} onClick={onDone}>
      Next, please ({Math.ceil(left / 1000)} s)
    </LargeButton>
  );
}
