import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { LARGE } from './large';
import { grouped, isWhole, keyOf, KEYS, pressed, type Key } from './pad';

interface Props {
  number: string;
  waiting: boolean;
  onChange: (number: string) => void;
  onCheckIn: () => void;
}

// A number with its country code is longer than the line is in large letters.
const FITS = 12;

/** The number pad; a keyboard does the same. */
export function Pad({ number, waiting, onChange, onCheckIn }: Props) {
  const ready = isWhole(number) && !waiting;
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      const key = keyOf(event.key);
      if (key !== null) onChange(pressed(number, key));
      // On a button, the key presses that button.
      if (event.key === 'Enter' && ready && !(event.target instanceof HTMLButtonElement)) onCheckIn();
    };
    window.addEventListener('keydown', typed);
    return () => {
      window.removeEventListener('keydown', typed);
    };
  });
  return (
    <SpaceBetween size="m">
      <output className="number-shown" aria-label="Your number">
        {number === '' ? (
          <Box fontSize="heading-l" color="text-body-secondary">
            Your phone number
          </Box>
        ) : (
          <Box fontSize={grouped(number).length <= FITS ? 'display-l' : 'heading-xl'}>{grouped(number)}</Box>
        )}
      </output>
      <div className="number-pad" role="group" aria-label="Number pad">
        {KEYS.map((key) => (
          <PadKey
            key={key}
            name={key}
            onPress={() => {
              onChange(pressed(number, key));
            }}
          />
        ))}
      </div>
      <Button
        variant="primary"
        fullWidth
        style={LARGE}
        loading={waiting}
        disabled={!ready}
        onClick={onCheckIn}
      >
        Check in
      </Button>
    </SpaceBetween>
  );
}

function PadKey({ name, onPress }: { name: Key; onPress: () => void }) {
  const back = name === 'back';
  return (
    <Button
      fullWidth
      style={LARGE}
      {...(back ? { ariaLabel: 'Delete the last digit' } : {})}
      onClick={onPress}
    >
      <Box variant="span" fontSize="heading-l" fontWeight="bold" color="inherit">
        {back ? '⌫' : name}
      </Box>
    </Button>
  );
}
