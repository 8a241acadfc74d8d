import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';

/** Something is on its way. */
export function Loading({ what }: { what: string }) {
  return (
    <Box textAlign="center" padding="xxl" color="text-status-inactive">
      <div role="status">
        <Spinner /> Loading {what} …
      </div>
    </Box>
  );
}
