import Box from '@cloudscape-design/components/box';
import { useLocations } from '@/api/locations';
import { useStaffNames } from '@/api/people';
import { useRole } from '@/auth/role';
import { AppLink } from '@/shared/AppLink';

/** Who did it: by name, and where nobody has that id any more, the id itself. */
export function Who({ id }: { id: string }) {
  const { me } = useRole();
  const names = useStaffNames();
  if (id === 'redflag') return <>Redflag</>;
  if (id === me.subject) return <>You</>;
  const name = names.get(id);
  return name === undefined ? <Id>{id}</Id> : <span className="breakable">{name}</span>;
}

/** What it was about: a member's page, a location, a colleague, or whatever else has an id. */
export function About({ id }: { id: string }) {
  const { me } = useRole();
  const names = useStaffNames();
  const locations = useLocations();
  if (id.startsWith('m_')) return <AppLink href={`/members/${id}`}>{id}</AppLink>;
  if (id === 'settings') return <>Settings</>;
  if (id === 'red-flags') return <AppLink href="/reports/red-flags">Red flag report</AppLink>;
  if (id === me.program_id) return <>This program</>;
  const name = locations.get(id)?.name ?? names.get(id);
  return name === undefined ? <Id>{id}</Id> : <span className="breakable">{name}</span>;
}

function Id({ children }: { children: string }) {
  return (
    <span className="breakable">
      <Box variant="code">{children}</Box>
    </span>
  );
}
