import type { Decided, Flag } from '@/api/members';
import type { Decision } from '../member/actions';

/** What was decided last, for the line above the queue. */
export interface Last {
  flag: Flag;
  text: string;
  canUndo: boolean;
}

/** What to say of a decision, and whether it can be taken back: of all, only a block can. */
export function lastOf(flag: Flag, decision: Decision, decided: Decided): Last {
  return {
    flag: decided.flags.find(({ flag_id }) => flag_id === flag.flag_id) ?? flag,
    text: `${decided.name ?? 'Member without a name'}: ${decision.done}`,
    canUndo: decision.action === 'block',
  };
}
