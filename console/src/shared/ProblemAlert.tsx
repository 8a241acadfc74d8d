import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { Refused } from '@/api/problem';

interface Props {
  /** What was thrown; nothing is shown without it. */
  error: unknown;
  /** What was tried, such as "Members could not be loaded". */
  title?: string;
  onRetry?: () => void;
}

/** What went wrong, in words, with the request id that support asks for. */
export function ProblemAlert({ error, title = 'That did not work', onRetry }: Props) {
  if (!error) return null;
  const refused = error instanceof Refused ? error : null;
  return (
    <Alert
      type="error"
      header={title}
      action={onRetry && <Button onClick={onRetry}>Try again</Button>}
      data-testid="problem"
    >
      <div>{refused?.message ?? 'Something on this page failed. Reload it.'}</div>
      {refused?.fields.map(({ field, message }) => (
        <div key={field}>
          {field}: {message}
        </div>
      ))}
      {refused?.requestId && (
        <Box variant="small" color="inherit">
          Request id: <Box variant="code">{refused.requestId}</Box>
        </Box>
      )}
    </Alert>
  );
}
