import Alert from '@cloudscape-design/components/alert';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@/api/context';
import { memberQuery, useMember, type Flag } from '@/api/members';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { REASONS } from '@/shared/reasons';
import type { Decision } from '../member/actions';
import { openFlags, type Outcome } from './review';
import { useReview } from './useReview';

interface Props {
  flag: Flag;
  decision: Decision;
  /** The dialog closes once the promise is fulfilled: when the next key is meant for the next flag. */
  onDone: (outcome: Outcome) => Promise<void>;
  onClose: () => void;
}

/** Asks why, and decides, unless the flag is no longer what it was. */
export function ReviewDialog({ flag, decision, onDone, onClose }: Props) {
  const api = useApi();
  const queries = useQueryClient();
  const { data: member } = useMember(flag.member_id);
  const { mutateAsync } = useReview();
  const { action } = decision;
  const others = member ? openFlags(member).filter((id) => id !== flag.flag_id).length : 0;

  const decide = async (reason: string) => {
    const seen = await queries.query({ ...memberQuery(api, flag.member_id), staleTime: 'static' });
    await onDone(await mutateAsync({ flag, action, reason, seen: openFlags(seen) }));
  };

  return (
    <ConfirmDialog
      title={`${decision.label}: ${member?.name ?? 'this member'}`}
      confirm={decision.label}
      asksReason
      reasons={REASONS[action] ?? []}
      // Nobody is blocked by two keys in a row.
      suggests={action !== 'block'}
      onConfirm={decide}
      onClose={onClose}
    >
      <div>{decision.does}</div>
      {action !== 'unblock' && others > 0 && (
        <Alert type="info">
          {others === 1
            ? 'This decision also covers another open flag of this member.'
            : `This decision also covers ${others} other open flags of this member.`}
        </Alert>
      )}
      {action === 'block' && member?.membership?.status === 'active' && (
        <Alert type="warning">
          This member has a paid membership. Blocking does not cancel it: cancel it too, or they keep paying.
        </Alert>
      )}
    </ConfirmDialog>
  );
}
