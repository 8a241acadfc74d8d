import { expect, test } from 'vitest';
import type { Flag, Profile } from '@/api/members';
import type { Permission } from '@/auth/role';
import { decisionsOn } from './decisions';

const ROLES: Record<string, Permission[]> = {
  viewer: ['read'],
  staff: ['read', 'flag'],
  manager: ['read', 'flag', 'decide'],
};

function offered(role: string, status: string, access?: string, open = ['f']): string[] {
  const flag = { flag_id: 'f', rule: 'visit_frequency', status } as Flag;
  const flags = open.map((flag_id) => ({ flag_id, rule: 'visit_frequency', status: 'open' }) as Flag);
  const member =
    access === undefined ? undefined : ({ access, flags, membership: null } as unknown as Profile);
  const may = (permission: Permission) => ROLES[role]?.includes(permission) ?? false;
  return decisionsOn(flag, member, may).map(({ action }) => action);
}

test('a decision can be made before the member is loaded', () => {
  expect(offered('manager', 'open')).toEqual(['verify', 'resolve', 'block']);
});

test.each([
  ['open', 'active', ['verify', 'resolve', 'block']],
  ['open', 'suspended', ['verify', 'resolve', 'block', 'unblock']],
  ['open', 'blocked', ['verify', 'resolve', 'unblock']],
  ['confirmed', 'blocked', ['unblock']],
  ['overturned', 'active', []],
])('from a flag that is %s, of a member who is %s', (status, access, expected) => {
  expect(offered('manager', status, access)).toEqual(expected);
});

test('a flag that was decided on does not offer to decide on others', () => {
  expect(offered('manager', 'verified', 'active', ['g'])).toEqual([]);
});

test.each(['viewer', 'staff'])('%s decides nothing', (role) => {
  expect(offered(role, 'open', 'suspended')).toEqual([]);
});
