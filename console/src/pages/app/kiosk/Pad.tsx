import Box from '@cloudscape-design/components/box';
import { useEffect } from 'react';
import { LargeButton } from './LargeButton';
import { grouped, isWhole, keyOf, KEYS, pressed, type Key } from './pad';

interface Props {
  number: string;
  waiting: boolean;
  /** There was no answer, and it is sent again. */
  repeated: boolean;
  onChange: (number: string) => void;
  onCheckIn: () => void;
}

// A number with its country code is longer than the line is in large letters.
const FITS = 12;
const REPEATED = 'Wait, trying again …';
// Whoever walks away leaves no number behind.
const LEFT_ALONE = 20_000;

/** The number pad; a keyboard does the same. */
export function Pad({ number, waiting, repeated, onChange, onCheckIn }: Props) {
  const ready = isWhole(number) && !waiting;
  const press = (key: Key) => {
    // What was sent stays what is shown.
    if (!waiting) onChange(pressed(number, key));
  };
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keyOf(event.key);
      if (key !== null) press(key);
      // On a button, the key presses that button.
      if (event.key === 'Enter' && ready && !(event.target instanceof HTMLButtonElement)) onCheckIn();
    };
    window.addEventListener('keydown', typed);
    return () => {
      window.removeEventListener('keydown', typed);
    };
  });
  useEffect(() => {
    if (number === '' || waiting) return undefined;
    const timer = window.setTimeout(() => {
      onChange('');
    }, LEFT_ALONE);
    return () => {
      window.clearTimeout(timer);
    };
  }, [number, waiting, onChange]);
  return (
    <div className="kiosk-pad">
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
              press(key);
            }}
          />
        ))}
      </div>
      <div className="number-sent">
        <LargeButton
          variant="primary"
          loading={waiting}
          {...(repeated ? { loadingText: REPEATED } : {})}
          disabled={!ready}
          onClick={onCheckIn}
        >
          {repeated ? REPEATED : 'Check in'}
        </LargeButton>
      </div>
    </div>
  );
}

function PadKey({ name, onPress }: { name: Key; onPress: () => void }) {
  const back = name === 'back';
  return (
    <LargeButton {...(back ? { ariaLabel: 'Delete the last digit' } : {})} onClick={onPress}>
      {back ? '⌫' : name}
    </LargeButton>
  );
}
