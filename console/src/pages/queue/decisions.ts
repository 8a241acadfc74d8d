import type { Action, Flag, Profile } from '@/api/members';
import type { Permission } from '@/auth/role';
import { decisionsFor, type Decision } from '../member/actions';

/** The key of each decision. */
export const KEYS: Partial<Record<Action, string>> = { verify: 'v', resolve: 'r', block: 'b', unblock: 'u' };

const ON_OPEN_FLAGS: Action[] = ['verify', 'resolve', 'block'];

/** What somebody may decide from a flag; until its member is known, what its being open allows. */
export function decisionsOn(
  flag: Flag,
  member: Profile | undefined,
  may: (permission: Permission) => boolean,
): Decision[] {
  const known = member ?? { access: 'active', flags: [flag], membership: null };
  return decisionsFor(known, may).filter(
    ({ action }) => action === 'unblock' || (ON_OPEN_FLAGS.includes(action) && flag.status === 'open'),
  );
}
