import { useRouteError } from 'react-router';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** What is shown in place of a page whose code has failed, or could not be loaded. */
export function PageFailed() {
  return (
    <ProblemAlert
      error={useRouteError()}
      title="This page cannot be shown"
      onRetry={() => {
        window.location.reload();
      }}
    />
  );
}

export function NotFound() {
  return (
    <Empty title="There is no such page" action={<AppLink href="/">Go to the first page</AppLink>}>
      Perhaps the address was cut short, or your role does not open it.
    </Empty>
  );
}
