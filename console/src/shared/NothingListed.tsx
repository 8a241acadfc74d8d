import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { Empty } from './Empty';

interface Props {
  /** Whether there is a next page: one may be empty, as a long search goes on there. */
  further: boolean;
  filtered: boolean;
  /** That there is nothing so far. */
  soFar: string;
  /** That nothing matches, and why that may be. */
  unmatched: string;
  hint: string;
  onClear: () => void;
  /** What stands there when nothing is filtered. */
  children?: ReactNode;
}

/** What a filtered list says when it is empty. */
export function NothingListed({ further, filtered, soFar, unmatched, hint, onClear, children }: Props) {
  if (further) return <Empty title={soFar}>The next page looks further.</Empty>;
  if (!filtered) return children;
  return (
    <Empty title={unmatched} action={<Button onClick={onClear}>Clear the filters</Button>}>
      {hint}
    </Empty>
  );
}
