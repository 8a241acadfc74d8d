import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useBlocks, type Block } from '@/api/platform';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { pageOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import { usePagedView } from '@/shared/list/useListView';
import { Person } from '@/shared/Person';
import { BlockDialog, LiftDialog } from './dialogs';

const NARROW = ['phone', 'reason', 'action'];

/** The numbers that are blocked in every program: block one, lift a block. */
export default function Blocks() {
  const [blocking, setBlocking] = useState(false);
  const [confirming, setConfirming] = useState<Block | null>(null);
  const view = usePagedView();
  const list = pageOf(useBlocks(view.cursor));
  const block = (
    <Button
      variant="primary"
      onClick={() => {
        setBlocking(true);
      }}
    >
      Block a number
    </Button>
  );
  return (
    <>
      <ListPage
        title="Blocked numbers"
        description="In every program, newest first."
        actions={block}
        list={list}
        view={view}
        failed="Blocked numbers could not be loaded"
        trackBy="block_id"
        columns={columnsWith(setConfirming)}
        narrow={NARROW}
        empty={
          <Empty title="No number is blocked on the platform">
            Programs block their own members themselves.
          </Empty>
        }
      />
      {blocking && (
        <BlockDialog
          onClose={() => {
            setBlocking(false);
          }}
        />
      )}
      {confirming && (
        <LiftDialog
          block={confirming}
          onClose={() => {
            setConfirming(null);
          }}
        />
      )}
    </>
  );
}

function columnsWith(ask: (block: Block) => void): TableProps.ColumnDefinition<Block>[] {
  return [
    { id: 'phone', header: 'Number', isRowHeader: true, cell: ({ phone_masked }) => phone_masked },
    { id: 'reason', header: 'Reason', cell: ({ reason }) => reason },
    { id: 'at', header: 'Blocked', cell: ({ blocked_at }) => <Instant at={blocked_at} /> },
    {
      id: 'by',
      header: 'By',
      cell: ({ blocked_by, blocked_by_name }) => <Person subject={blocked_by} name={blocked_by_name} />,
    },
    {
      id: 'action',
      header: 'Action',
      cell: (block) => (
        <Button
          variant="inline-link"
          ariaLabel={`Lift the block of ${block.phone_masked}`}
          onClick={() => {
            ask(block);
          }}
        >
          Lift
        </Button>
      ),
    },
  ];
}
