import SpaceBetween from '@cloudscape-design/components/space-between';
import { SettingsPage } from '@/pages/settings/SettingsPage';
import { AppLink } from '@/shared/AppLink';
import { Recipients } from './Recipients';
import { NotificationStatus } from './NotificationStatus';
import { When } from './When';

/** Who is notified of flags by e-mail, when, and whether that works. */
export default function Notifications() {
  return (
    <SettingsPage
      title="Notifications"
      description="E-mail about new flags and flags that are still open. Each flag is sent once; when there is nothing new, no e-mail is sent."
      actions={<AppLink href="/settings/red-flags/history">Version history</AppLink>}
    >
      <SpaceBetween size="l">
        <NotificationStatus />
        <When />
        <Recipients />
      </SpaceBetween>
    </SettingsPage>
  );
}
