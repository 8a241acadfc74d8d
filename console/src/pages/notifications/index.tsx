import SpaceBetween from '@cloudscape-design/components/space-between';
import { SettingsPage } from '@/pages/settings/SettingsPage';
import { AppLink } from '@/shared/AppLink';
import { Recipients } from './Recipients';
import { Standing } from './Standing';
import { When } from './When';

/** Who is told of flags by mail, when, and how that goes. */
export default function Notifications() {
  return (
    <SettingsPage
      title="Notifications"
      description="Mails about new flags and flags that still wait. Each flag is told once; without news there is no mail."
      actions={<AppLink href="/settings/red-flags/history">Version history</AppLink>}
    >
      <SpaceBetween size="l">
        <Standing />
        <When />
        <Recipients />
      </SpaceBetween>
    </SettingsPage>
  );
}
