import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useAppClients, useRemoveAppClient, type AppClient, type NewAppClient } from '@/api/app-clients';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { wholeOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import { useNotify } from '@/shared/notify';
import { AddClient } from './AddClient';
import { kindInWords } from './kinds';
import { Secret } from './Secret';

const NARROW = ['name', 'kind', 'actions'];

/** The machines and apps that call the app API. */
export default function AppClients() {
  const list = wholeOf(useAppClients());
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<NewAppClient | null>(null);
  const [removing, setRemoving] = useState<AppClient | null>(null);

  return (
    <>
      <ListPage
        title="App clients"
        description="The kiosks, servers and apps that check members in for you."
        actions={
          <Button
            variant="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            Add a client
          </Button>
        }
        list={{ ...list, items: list.items?.toSorted((one, other) => one.name.localeCompare(other.name)) }}
        failed="App clients could not be loaded"
        counted
        trackBy="client_id"
        columns={columns(setRemoving)}
        narrow={NARROW}
        empty={
          <Empty title="There are no app clients yet">
            Add one for each kiosk, server or app, so that each can be removed by itself.
          </Empty>
        }
      />
      {adding && (
        <AddClient
          onAdded={setAdded}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {added && (
        <Secret
          client={added}
          onClose={() => {
            setAdded(null);
          }}
        />
      )}
      {removing && (
        <Remove
          client={removing}
          onClose={() => {
            setRemoving(null);
          }}
        />
      )}
    </>
  );
}

function columns(remove: (client: AppClient) => void): TableProps.ColumnDefinition<AppClient>[] {
  return [
    { id: 'name', header: 'Name', isRowHeader: true, cell: ({ name }) => name || 'No name' },
    { id: 'kind', header: 'Kind', cell: ({ kind }) => kindInWords(kind) },
    {
      id: 'id',
      header: 'Client id',
      minWidth: 300,
      cell: ({ client_id }) => (
        <CopyToClipboard
          variant="inline"
          textToCopy={client_id}
          copyButtonAriaLabel={`Copy the client id ${client_id}`}
          copySuccessText="Copied"
          copyErrorText="Copying failed"
        />
      ),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      cell: ({ scopes }) =>
        scopes.length === 0 ? (
          'None'
        ) : (
          <SpaceBetween size="xxxs">
            {scopes.map((scope) => (
              <Box key={scope} variant="code">
                {scope}
              </Box>
            ))}
          </SpaceBetween>
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
      cell: (client) => (
        <Button
          variant="inline-link"
          ariaLabel={`Remove ${client.name || client.client_id}`}
          onClick={() => {
            remove(client);
          }}
        >
          Remove
        </Button>
      ),
    },
  ];
}

function Remove({ client, onClose }: { client: AppClient; onClose: () => void }) {
  const { mutateAsync } = useRemoveAppClient();
  const notify = useNotify();
  const name = client.name || client.client_id;
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      confirm="Remove"
      onConfirm={async () => {
        await mutateAsync(client.client_id);
        notify({ type: 'success', header: `${name} is removed.` });
      }}
      onClose={onClose}
    >
      {client.kind === 'app'
        ? 'Members can no longer sign in with this app.'
        : 'The client loses access at once: nobody can check in with it. Its secret is deleted for good.'}
    </ConfirmDialog>
  );
}
