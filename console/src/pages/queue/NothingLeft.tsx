import Button from '@cloudscape-design/components/button';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';

interface Props {
  filtered: boolean;
  /** Whether this is a later page of the queue. */
  further: boolean;
  next: string | null;
  onClear: () => void;
}

/** No flags here: because all are decided on, or because of what was asked for. */
export function NothingLeft({ filtered, further, next, onClear }: Props) {
  if (next !== null) {
    return <Empty title="No flag among those looked at so far">The next page looks further.</Empty>;
  }
  if (filtered) {
    return (
      <Empty title="No flag matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        There may be others in the queue.
      </Empty>
    );
  }
  if (further) {
    return (
      <Empty title="This page is done" action={<AppLink href="/queue">Back to the first page</AppLink>}>
        Others may wait there.
      </Empty>
    );
  }
  return (
    <Empty title="Nothing waits for a decision" action={<AppLink href="/overview">See the overview</AppLink>}>
      New flags appear here by themselves.
    </Empty>
  );
}
