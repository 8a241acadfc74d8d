import SpaceBetween from '@cloudscape-design/components/space-between';
import { AppLink } from '@/shared/AppLink';
import { SettingsPage } from '@/pages/settings/SettingsPage';
import { CheckIns, ContactUs, LoginGate, Retention, WhenFlagged } from './Others';
import { Rules } from './Rules';

/** The rules, and what follows from a flag. */
export default function RedFlags() {
  return (
    <SettingsPage
      title="Red flags"
      description="What raises a red flag, and what follows from one. What you save counts within a minute."
      actions={<AppLink href="/settings/red-flags/history">Version history</AppLink>}
    >
      <SpaceBetween size="l">
        <Rules />
        <WhenFlagged />
        <CheckIns />
        <ContactUs />
        <LoginGate />
        <Retention />
      </SpaceBetween>
    </SettingsPage>
  );
}
