import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  error: unknown;
  title: string;
  onRetry: () => void;
  /** Take all filters away: an address may ask for what there is not. Left out when there are none. */
  onClear?: (() => void) | undefined;
}

/** A filtered list that could not be loaded, with the ways out. */
export function ListFailed({ error, title, onRetry, onClear }: Props) {
  return (
    <SpaceBetween size="m">
      <ProblemAlert error={error} title={title} onRetry={onRetry} />
      {onClear && <Button onClick={onClear}>Clear the filters</Button>}
    </SpaceBetween>
  );
}
