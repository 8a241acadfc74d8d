import type { Profile } from '@/api/members';

export function MemberPage({ member }: { member: Profile }) {
  return <>{member.name}</>;
}
