import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useRouteError } from 'react-router';
import { AppLink } from '@/shared/AppLink';
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

/** What is shown at an address that is no page, or none for this role. */
export function NotFound() {
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="The address may be incomplete, or your role may not have access to it."
        >
          There is no such page
        </Header>
      }
    >
      <AppLink href="/">Go to the start page</AppLink>
    </ContentLayout>
  );
}
