import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useRevealPhone, type Profile } from '@/api/members';
import { useRole } from '@/auth/role';
import { Access } from '@/shared/Access';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { inWords, MEMBERSHIPS } from '@/shared/words';
import { CANCEL } from './actions';
import { DecisionDialog } from './Decide';

/** A member's state, and what is known of them. */
export function State({ member }: { member: Profile }) {
  return (
    <KeyValuePairs
      columns={3}
      items={[
        {
          label: 'Access',
          value: <Access access={member.access} platformBlocked={member.platform_blocked} />,
        },
        { label: 'Trust', value: <Trust trusted={member.trusted} /> },
        { label: 'Points', value: member.points.toLocaleString() },
        { label: 'Membership', value: <Membership member={member} /> },
        { label: 'Phone', value: <Phone member={member} /> },
        { label: 'E-mail', value: member.email ?? '–' },
        { label: 'Your own id', value: member.external_id ?? '–' },
        { label: 'Member id', value: member.member_id },
        { label: 'Enrolled', value: <Instant at={member.enrolled_at} /> },
      ]}
    />
  );
}

function Trust({ trusted }: { trusted: boolean }) {
  if (trusted) return <Indicator type="success">Trusted: no rule flags them</Indicator>;
  return <>Not marked as trusted</>;
}

function Membership({ member }: { member: Profile }) {
  const { may } = useRole();
  const [confirming, setConfirming] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {member.membership ? inWords(MEMBERSHIPS, member.membership.status) : 'None'}
      {may(CANCEL.needs) && CANCEL.allowed(member) && (
        <Button
          variant="inline-link"
          ariaLabel="Cancel the membership"
          onClick={() => {
            setConfirming(true);
          }}
        >
          Cancel
        </Button>
      )}
      {confirming && (
        <DecisionDialog
          member={member}
          decision={CANCEL}
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </SpaceBetween>
  );
}

function Phone({ member }: { member: Profile }) {
  const { data, error, isPending, isIdle, mutate } = useRevealPhone(member.member_id);
  if (data !== undefined) return <>{data}</>;
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        {member.phone_masked}
        <Button
          variant="inline-link"
          loading={isPending && !isIdle}
          ariaLabel="Show the phone number. The audit log records that you have seen it."
          onClick={() => {
            mutate();
          }}
        >
          Show
        </Button>
      </SpaceBetween>
      <ProblemAlert error={error} title="The number cannot be shown" />
    </>
  );
}
