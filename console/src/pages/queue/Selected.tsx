import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { QueuedFlag } from '@/api/flags';
import { useMember, type Flag, type Profile } from '@/api/members';
import { useRole } from '@/auth/role';
import { useKeys } from '@/shared/keys';
import { Panel } from '@/shared/panel';
import type { Decision } from '../member/actions';
import { decisionsOn, KEYS } from './decisions';
import { FlagDetail } from './FlagDetail';
import type { Outcome } from './review';
import { ReviewDialog } from './ReviewDialog';

export type OnDone = (flag: Flag, decision: Decision, outcome: Outcome) => Promise<void>;

interface Props {
  flag: Flag;
  /** The flag as the list has it, if it is there. */
  listed: QueuedFlag | undefined;
  open: boolean;
  onToggle: (open: boolean) => void;
  /** Somebody else decided on it before this reviewer could. */
  overtaken: boolean;
  onDone: OnDone;
  /** Whether the key for unblocking takes the last block back, whoever is selected. */
  canUndo: boolean;
  onNext: () => void;
}

/** The selected flag in the panel, and what can be decided on it, by buttons and by keys. */
export function Selected(props: Props) {
  const { flag, listed, open, onToggle, overtaken, onDone, canUndo, onNext } = props;
  const { may } = useRole();
  const navigate = useNavigate();
  const { data: member } = useMember(flag.member_id);
  // The flag as it was when asked about: what others decide meanwhile is seen by its being another one.
  const [confirming, setConfirming] = useState<{ flag: Flag; decision: Decision } | null>(null);
  const decisions = decisionsOn(flag, member, may);
  const ask = (decision: Decision | undefined) => {
    setConfirming(decision ? { flag, decision } : null);
  };
  const askBy = (key: string) => () => {
    ask(decisions.find((decision) => KEYS[decision.action] === key));
  };
  useKeys({
    v: askBy('v'),
    r: askBy('r'),
    b: askBy('b'),
    ...(canUndo ? {} : { u: askBy('u') }),
    o: () => void navigate(`/members/${flag.member_id}`),
  });

  return (
    <>
      <Panel title={nameOf(member, listed)} open={open} onToggle={onToggle}>
        <FlagDetail
          flag={flag}
          member={member}
          decisions={decisions}
          overtaken={overtaken}
          onAsk={ask}
          onNext={onNext}
        />
      </Panel>
      {confirming && (
        <ReviewDialog
          flag={confirming.flag}
          decision={confirming.decision}
          onDone={(outcome) => onDone(confirming.flag, confirming.decision, outcome)}
          onClose={() => {
            setConfirming(null);
          }}
        />
      )}
    </>
  );
}

function nameOf(member: Profile | undefined, listed: QueuedFlag | undefined): string {
  return member?.name ?? listed?.member_name ?? 'Member without a name';
}
