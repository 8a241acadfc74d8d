import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { usePeople, useRemovePerson, type ConsoleUser } from '@/api/people';
import { useRole } from '@/auth/role';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { wholeOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import { useNotify } from '@/shared/notify';
import { AddPerson } from './AddPerson';
import { ROLES, roleInWords } from './roles';

const NARROW = ['name', 'role', 'actions'];

/** The people at the program's console. */
export default function Staff() {
  const list = wholeOf(usePeople());
  const { me } = useRole();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<ConsoleUser | null>(null);

  return (
    <>
      <ListPage
        title="Staff"
        description="Everybody who can use this console, and what their role allows."
        actions={
          <Button
            variant="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            Add a person
          </Button>
        }
        list={{ ...list, items: list.items && byRole(list.items) }}
        failed="Staff could not be loaded"
        counted
        trackBy="subject"
        columns={columns(me.subject, setRemoving)}
        narrow={NARROW}
        empty={<Empty title="No staff yet">Add the people who look after your program.</Empty>}
      />
      {adding && (
        <AddPerson
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {removing && (
        <Remove
          person={removing}
          onClose={() => {
            setRemoving(null);
          }}
        />
      )}
    </>
  );
}

function columns(
  myself: string,
  remove: (person: ConsoleUser) => void,
): TableProps.ColumnDefinition<ConsoleUser>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      isRowHeader: true,
      minWidth: 120,
      cell: ({ subject, name, email }) => (
        <span className="breakable">
          {name || (email ?? subject)}
          {subject === myself && ' (you)'}
        </span>
      ),
    },
    { id: 'email', header: 'E-mail', cell: ({ email }) => email ?? '–' },
    {
      id: 'role',
      header: 'Role',
      cell: ({ role }) => (
        <>
          {roleInWords(role).label}
          <Box variant="small" color="text-body-secondary" display="block">
            {roleInWords(role).may}
          </Box>
        </>
      ),
    },
    {
      id: 'since',
      header: 'Added',
      cell: ({ created_at }) => (created_at === null ? '–' : <Instant at={created_at} />),
    },
    {
      id: 'actions',
      header: 'Actions',
      minWidth: 110,
      cell: (person) =>
        person.subject === myself ? (
          '–'
        ) : (
          <Button
            variant="inline-link"
            ariaLabel={`Remove ${person.name || (person.email ?? person.subject)}`}
            onClick={() => {
              remove(person);
            }}
          >
            Remove
          </Button>
        ),
    },
  ];
}

/** Owners first, by name within a role. */
function byRole(people: readonly ConsoleUser[]): ConsoleUser[] {
  const rank = ({ role }: ConsoleUser) => ROLES.findIndex(({ value }) => value === role);
  return [...people].sort((one, other) => rank(other) - rank(one) || one.name.localeCompare(other.name));
}

function Remove({ person, onClose }: { person: ConsoleUser; onClose: () => void }) {
  const { mutateAsync } = useRemovePerson();
  const notify = useNotify();
  const name = person.name || (person.email ?? 'this person');
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      confirm="Remove"
      onConfirm={async () => {
        await mutateAsync(person.subject);
        notify({ type: 'success', header: `${name} is removed.` });
      }}
      onClose={onClose}
    >
      They lose access at once. Their decisions stay, with their name. To change their role, remove them and
      add them again.
    </ConfirmDialog>
  );
}
