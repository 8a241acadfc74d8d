import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { NothingListed } from '@/shared/NothingListed';

interface Props {
  filtered: boolean;
  /** Whether this is a later page of the queue. */
  further: boolean;
  next: string | null;
  onClear: () => void;
}

/** No flags here: because all are decided on, or because of what was asked for. */
export function NothingLeft({ filtered, further, next, onClear }: Props) {
  return (
    <NothingListed
      further={next !== null}
      filtered={filtered}
      soFar="No flag among those looked at so far"
      unmatched="No flag matches"
      hint="There may be others in the queue."
      onClear={onClear}
    >
      {further ? (
        <Empty title="This page is done" action={<AppLink href="/queue">Back to the first page</AppLink>}>
          Others may wait there.
        </Empty>
      ) : (
        <Empty
          title="Nothing waits for a decision"
          action={<AppLink href="/overview">See the overview</AppLink>}
        >
          New flags appear here by themselves.
        </Empty>
      )}
    </NothingListed>
  );
}
