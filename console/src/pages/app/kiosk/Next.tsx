import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { useTimeLeft } from '../countdown';
import { LARGE } from './large';

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
    <Button ref={button} fullWidth style={LARGE} onClick={onDone}>
      <Box variant="span" fontSize="heading-l" fontWeight="bold" color="inherit">
        Next, please ({Math.ceil(left / 1000)} s)
      </Box>
    </Button>
  );
}
