import type { Action, Decided, Flag, Profile } from '@/api/members';
import { Refused } from '@/api/problem';

/** A decision, and what its reviewer had before them when they made it. */
export interface Intent {
  flag: Flag;
  action: Action;
  reason: string;
  /** The open flags of the member that the reviewer has seen: the decision is about all of them. */
  seen: string[];
}

/** What became of it: done, or somebody else was faster and nothing was written. */
export type Outcome = { decided: Decided; faster?: never } | { faster: Flag; decided?: never };

export interface ReviewApi {
  readFlag: (flagId: string) => Promise<Flag>;
  readMember: (memberId: string) => Promise<Profile>;
  decide: (memberId: string, action: Action, reason: string) => Promise<Decided>;
}

// What the API answers when the flags are not as they were.
const OVERTAKEN = ['not_flagged', 'already_blocked', 'not_blocked'];

/** Decide, unless somebody else has meanwhile, or another rule has flagged the member. Throws `Refused`. */
export async function review(intent: Intent, api: ReviewApi): Promise<Outcome> {
  const { flag, action, reason } = intent;
  const [now, member] = await Promise.all([api.readFlag(flag.flag_id), api.readMember(flag.member_id)]);
  if (now.status !== flag.status) return { faster: now };
  refuseUnseen(intent, member);
  try {
    return { decided: await api.decide(flag.member_id, action, reason) };
  } catch (refused) {
    if (!(refused instanceof Refused && OVERTAKEN.includes(refused.code))) throw refused;
    const after = await api.readFlag(flag.flag_id);
    if (after.status === flag.status) throw refused;
    return { faster: after };
  }
}

/** The ids of a member's open flags. */
export function openFlags(member: Profile): string[] {
  return member.flags.filter(({ status }) => status === 'open').map(({ flag_id }) => flag_id);
}

function refuseUnseen({ action, seen }: Intent, member: Profile): void {
  if (action === 'unblock') return;
  const unseen = member.flags.filter(({ flag_id, status }) => status === 'open' && !seen.includes(flag_id));
  if (unseen.length === 0) return;
  const sentences = unseen.map(({ evidence }) => `“${evidence.sentence}”`).join(' ');
  throw new Refused(
    `Another rule has flagged this member while you were reading: ${sentences} Your decision covers that flag too. Read it, then confirm again.`,
    { code: 'flagged_again' },
  );
}
