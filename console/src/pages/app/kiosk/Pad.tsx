import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { grouped, isWhole, keyOf, KEYS, pressed, type Key } from './pad';

interface Props {
  number: string;
  waiting: boolean;
  onChange: (number: string) => void;
  onCheckIn: () => void;
}

// As large as a finger.
const KEY = { root: { paddingBlock: '1.1rem' } };

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
        <Box fontSize="display-l" color={number === '' ? 'text-status-inactive' : 'inherit'}>
          {number === '' ? 'Your phone number' : grouped(number)}
        </Box>
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
      <Button variant="primary" fullWidth style={KEY} loading={waiting} disabled={!ready} onClick={onCheckIn}>
        Check in
      </Button>
    </SpaceBetween>
  );
}

function PadKey({ name, onPress }: { name: Key; onPress: () => void }) {
  const back = name === 'back';
  return (
    <Button fullWidth style={KEY} {...(back ? { ariaLabel: 'Delete the last digit' } : {})} onClick={onPress}>
      {back ? '⌫' : name}
    </Button>
  );
}
