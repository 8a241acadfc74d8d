import { expect, test } from 'vitest';
import type { Flag, Profile } from '@/api/members';
import type { Permission } from '@/auth/role';
import { CANCEL, decisionsFor } from './actions';

const PERMISSIONS: Record<string, Permission[]> = {
  viewer: ['read'],
  staff: ['read', 'flag'],
  manager: ['read', 'flag', 'decide'],
};

function member(access: string, ...open: string[]): Profile {
  const flags = open.map((rule) => ({ rule, status: 'open' }) as Flag);
  return { access, flags, membership: null } as unknown as Profile;
}

function offered(role: string, who: Profile): string[] {
  return decisionsFor(who, (permission) => PERMISSIONS[role]?.includes(permission) ?? false).map(
    ({ action }) => action,
  );
}

test.each([
  ['manager', member('active'), ['flag']],
  ['manager', member('active', 'visit_frequency'), ['verify', 'resolve', 'block', 'flag']],
  ['manager', member('active', 'manual'), ['verify', 'resolve', 'block']],
  ['manager', member('suspended', 'visit_frequency'), ['verify', 'resolve', 'block', 'unblock', 'flag']],
  ['manager', member('blocked'), ['unblock', 'flag']],
  ['manager', member('blocked', 'manual'), ['verify', 'resolve', 'unblock']],
  ['staff', member('active', 'visit_frequency'), ['flag']],
  ['staff', member('blocked', 'manual'), []],
  ['viewer', member('blocked', 'visit_frequency'), []],
])('%s may decide what the state allows', (role, who, expected) => {
  expect(offered(role, who)).toEqual(expected);
});

test('only an active membership can be cancelled', () => {
  const who = member('active');
  expect(CANCEL.allowed(who)).toBe(false);
  expect(CANCEL.allowed({ ...who, membership: { status: 'cancelled' } })).toBe(false);
  expect(CANCEL.allowed({ ...who, membership: { status: 'active' } })).toBe(true);
});
