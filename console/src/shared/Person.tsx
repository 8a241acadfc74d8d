import { useRole } from '@/auth/role';

// Who is nobody of the program's staff, and does things all the same.
const OTHERS: Record<string, string> = {
  redflag: 'Redflag',
  'platform support': 'The platform’s support',
};

/** Whoever is not of the staff now, where a client may have done it too. */
export const NOT_OF_THE_STAFF = 'A former colleague or an app client';

interface Props {
  /** As the API tells who did something; nobody is Redflag itself. */
  subject: string | null;
  /** What the API calls them, if they are of the staff now. */
  name: string | null | undefined;
  /** What they are called who are not. */
  unknown?: string;
}

/** Who did something. */
export function Person({ subject, name, unknown = 'A former colleague' }: Props) {
  const { me } = useRole();
  if (subject === me.subject) return <>You</>;
  return <>{OTHERS[subject ?? 'redflag'] ?? name ?? unknown}</>;
}
