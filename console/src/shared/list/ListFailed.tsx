import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ProblemAlert } from '../ProblemAlert';
import { FirstPageLink } from './FirstPageLink';
import type { ListView } from './useListView';

interface Props {
  error: unknown;
  title: string;
  onRetry: () => void;
  view: ListView | undefined;
}

/** A list that could not be loaded, with the ways out: an address may ask for what there is not. */
export function ListFailed({ error, title, onRetry, view }: Props) {
  return (
    <Box textAlign="left">
      <SpaceBetween size="m">
        <ProblemAlert error={error} title={title} onRetry={onRetry} />
        {view?.filtered && <Button onClick={view.clear}>Clear the filters</Button>}
        {view?.cursor !== undefined && <FirstPageLink />}
      </SpaceBetween>
    </Box>
  );
}
