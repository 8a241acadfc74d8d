import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { Empty } from '../Empty';
import { FirstPageLink } from './FirstPageLink';
import type { ListView } from './useListView';

/** What is said when filters leave nothing. */
export interface NothingWords {
  title: string;
  /** Why that may be. */
  hint: string;
}

interface Props {
  view: ListView | undefined;
  /** Whether there is a next page: after a long search without a match, it searches on there. */
  goesOn: boolean;
  unmatched: NothingWords | undefined;
  /** What stands there when nothing is filtered. */
  children: ReactNode;
}

/** What a list says when it is empty. */
export function NothingListed({ view, goesOn, unmatched, children }: Props) {
  if (goesOn) return <Empty title="No match so far">The search continues on the next page.</Empty>;
  if (view?.cursor !== undefined) {
    return (
      <Empty title="Nothing is left on this page" action={<FirstPageLink />}>
        What was listed here has changed.
      </Empty>
    );
  }
  if (!view?.filtered) return children;
  return (
    <Empty
      title={unmatched?.title ?? 'No match'}
      action={<Button onClick={view.clear}>Clear the filters</Button>}
    >
      {unmatched?.hint}
    </Empty>
  );
}
