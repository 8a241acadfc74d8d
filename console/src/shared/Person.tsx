import { useStaffNames } from '@/api/staff';
import { useRole } from '@/auth/role';

/** Who did something: only owners may know the names of all their colleagues. */
export function Person({ subject }: { subject: string | null }) {
  const { me } = useRole();
  const names = useStaffNames();
  if (subject === null || subject === 'redflag') return <>Redflag</>;
  if (subject === me.subject) return <>You</>;
  return <>{names.get(subject) ?? 'A colleague'}</>;
}
