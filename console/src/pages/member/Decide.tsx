import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useDecision, type Profile } from '@/api/members';
import { useRole } from '@/auth/role';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';
import { decisionsFor, type Decision } from './actions';

/** What can be decided now, each with what it does. */
export function Decide({ member }: { member: Profile }) {
  const { may } = useRole();
  const [confirming, setConfirming] = useState<Decision | null>(null);
  return (
    <>
      <ul className="decisions">
        {decisionsFor(member, may).map((decision, index) => (
          <li key={decision.action}>
            <Button
              fullWidth
              variant={index === 0 ? 'primary' : 'normal'}
              onClick={() => {
                setConfirming(decision);
              }}
            >
              {decision.label}
            </Button>
            <Box color="text-body-secondary">{decision.does}</Box>
          </li>
        ))}
      </ul>
      {confirming && (
        <DecisionDialog
          member={member}
          decision={confirming}
          onClose={() => {
            setConfirming(null);
          }}
        />
      )}
    </>
  );
}

interface DialogProps {
  member: Profile;
  decision: Decision;
  onClose: () => void;
}

/** Asks why, and decides. */
export function DecisionDialog({ member, decision, onClose }: DialogProps) {
  const { mutateAsync } = useDecision(member.member_id);
  const notify = useNotify();
  const name = member.name ?? 'this member';
  const decide = async (reason: string) => {
    const { warnings } = await mutateAsync({ action: decision.action, reason });
    notify({
      type: warnings.length > 0 ? 'warning' : 'success',
      header: decision.done,
      content: warnings.join(' '),
    });
  };
  return (
    <ConfirmDialog
      title={`${decision.label}: ${name}`}
      confirm={decision.label}
      asksReason
      onConfirm={decide}
      onClose={onClose}
    >
      <div>{decision.does}</div>
      {decision.action === 'block' && member.membership?.status === 'active' && (
        <Alert type="warning">
          {name} has a paid membership. Blocking does not cancel it: cancel it too, or they keep paying.
        </Alert>
      )}
    </ConfirmDialog>
  );
}
