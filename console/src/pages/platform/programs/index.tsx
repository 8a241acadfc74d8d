import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { usePrograms, type Program } from '@/api/platform';
import { Empty } from '@/shared/Empty';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { pageOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import { usePagedView } from '@/shared/list/useListView';
import { CreateDialog } from './CreateDialog';
import { StateDialog } from './StateDialog';

const NARROW = ['name', 'state', 'action'];

/** The programs of the platform: create one, close one, open it again. */
export default function Programs() {
  const [creating, setCreating] = useState(false);
  const [confirming, setConfirming] = useState<Program | null>(null);
  const view = usePagedView();
  const list = pageOf(usePrograms(view.cursor));
  const create = (
    <Button
      variant="primary"
      onClick={() => {
        setCreating(true);
      }}
    >
      Create a program
    </Button>
  );
  return (
    <>
      <ListPage
        title="Programs"
        actions={create}
        list={list}
        view={view}
        failed="Programs could not be loaded"
        trackBy="program_id"
        columns={columnsWith(setConfirming)}
        narrow={NARROW}
        empty={<Empty title="There are no programs yet">Create one, with its first owner.</Empty>}
      />
      {creating && (
        <CreateDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
      {confirming && (
        <StateDialog
          program={confirming}
          onClose={() => {
            setConfirming(null);
          }}
        />
      )}
    </>
  );
}

function columnsWith(ask: (program: Program) => void): TableProps.ColumnDefinition<Program>[] {
  return [
    { id: 'name', header: 'Name', isRowHeader: true, cell: ({ name }) => name },
    { id: 'state', header: 'State', cell: (program) => <State program={program} /> },
    { id: 'region', header: 'Region', cell: ({ region }) => region },
    { id: 'id', header: 'Program id', cell: ({ program_id }) => program_id },
    {
      id: 'created',
      header: 'Created',
      cell: ({ created_at }) => (created_at === null ? '–' : <Instant at={created_at} />),
    },
    {
      id: 'action',
      header: 'Action',
      cell: (program) => {
        const label = program.closed_at === null ? 'Close' : 'Reopen';
        return (
          <Button
            variant="inline-link"
            ariaLabel={`${label}: ${program.name}`}
            onClick={() => {
              ask(program);
            }}
          >
            {label}
          </Button>
        );
      },
    },
  ];
}

function State({ program: { closed_at } }: { program: Program }) {
  if (closed_at === null) return <Indicator>Open</Indicator>;
  return (
    <Indicator type="stopped">
      Closed since <Instant at={closed_at} />
    </Indicator>
  );
}
