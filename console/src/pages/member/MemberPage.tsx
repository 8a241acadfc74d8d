import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Profile } from '@/api/members';
import { useRole } from '@/auth/role';
import { decisionsFor } from './actions';
import { Attempts } from './Attempts';
import { Decide } from './Decide';
import { Flags } from './Flags';
import { History } from './History';
import { State } from './State';

/** Everything that is needed to decide, in the order in which one asks. */
export function MemberPage({ member }: { member: Profile }) {
  const { may } = useRole();
  return (
    <ContentLayout header={<Header variant="h1">{member.name ?? 'Member without a name'}</Header>}>
      <SpaceBetween size="l">
        {member.platform_blocked && (
          <Alert type="warning" header="Blocked on the platform">
            The platform’s support has blocked this phone number in every program. Unblocking here does not
            lift that; only they can.
          </Alert>
        )}
        <Container>
          <State member={member} />
        </Container>
        {decisionsFor(member, may).length > 0 && (
          <Container header={<Header>What you can do</Header>}>
            <Decide member={member} />
          </Container>
        )}
        <Flags flags={member.flags} />
        <Attempts attempts={member.recent_attempts} />
        <History timeline={member.timeline} />
      </SpaceBetween>
    </ContentLayout>
  );
}
