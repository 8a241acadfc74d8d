import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Flag } from '@/api/members';
import type { Last } from './done';

interface Props {
  last: Last | null;
  onUndo: (flag: Flag) => void;
}

/** What was decided last, and the way back where there is one. The line is always there, so nothing moves. */
export function LastDecision({ last, onUndo }: Props) {
  if (last === null) return <>Oldest first. Press ? for keyboard shortcuts.</>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <LiveRegion tagName="span">{last.text}</LiveRegion>
      {last.canUndo && (
        <Button
          variant="inline-link"
          onClick={() => {
            onUndo(last.flag);
          }}
        >
          Undo
        </Button>
      )}
    </SpaceBetween>
  );
}
