import type { Action, Profile } from '@/api/members';
import type { Permission } from '@/auth/role';

/** What decides which decisions are open. */
export type Decidable = Pick<Profile, 'access' | 'flags' | 'membership'>;

/** Something that staff can decide about a member. */
export interface Decision {
  action: Action;
  label: string;
  /** What it does, for whoever hesitates. */
  does: string;
  /** What to say once it is done. */
  done: string;
  needs: Permission;
  allowed: (member: Decidable) => boolean;
}

const isFlagged = ({ flags }: Decidable) => flags.some(({ status }) => status === 'open');
const isFlaggedByStaff = ({ flags }: Decidable) =>
  flags.some(({ status, rule }) => status === 'open' && rule === 'manual');

const VERIFY: Decision = {
  action: 'verify',
  label: 'Verify',
  does: 'The check-ins are genuine. Closes the open flags; the rules start counting again from now.',
  done: 'Verified. The rules start counting again from now.',
  needs: 'decide',
  allowed: isFlagged,
};
const RESOLVE: Decision = {
  action: 'resolve',
  label: 'Resolve for good',
  does: 'You trust this member. Closes the open flags, and no rule flags them again.',
  done: 'Resolved. No rule flags this member again.',
  needs: 'decide',
  allowed: isFlagged,
};
const BLOCK: Decision = {
  action: 'block',
  label: 'Block',
  does: 'The member and their phone number can neither log in nor check in. You can unblock at any time.',
  done: 'Blocked. The member can neither log in nor check in.',
  needs: 'decide',
  allowed: (member) => isFlagged(member) && member.access !== 'blocked',
};
/** Takes a block back. */
export const UNBLOCK: Decision = {
  action: 'unblock',
  label: 'Unblock',
  does: 'The member can log in and check in again; the rules start counting again from now.',
  done: 'Unblocked. The member can log in and check in again.',
  needs: 'decide',
  allowed: ({ access }) => access !== 'active',
};
const FLAG: Decision = {
  action: 'flag',
  label: 'Flag',
  does: 'You have noticed something that no rule detects. Adds the member to the review queue.',
  done: 'Flagged. The member is in the review queue.',
  needs: 'flag',
  allowed: (member) => !isFlaggedByStaff(member),
};

/** Ends a membership; no decision about access does. */
export const CANCEL: Decision = {
  action: 'membership/cancel',
  label: 'Cancel membership',
  does: 'Tells the billing system to end the membership. It neither blocks nor unblocks.',
  done: 'The membership is cancelled.',
  needs: 'decide',
  allowed: ({ membership }) => membership?.status === 'active',
};

/** What somebody may decide about a member as they now are. */
export function decisionsFor(member: Decidable, may: (permission: Permission) => boolean): Decision[] {
  return [VERIFY, RESOLVE, BLOCK, UNBLOCK, FLAG].filter(
    ({ needs, allowed }) => may(needs) && allowed(member),
  );
}
