import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useSettingsHistory, type SettingsDocument, type SettingsVersion } from '@/api/settings';
import { useRole } from '@/auth/role';
import { changesBetween, type Change } from '@/pages/settings/changes';
import { Changes } from '@/pages/settings/Changes';
import { DEFAULTS, formOf } from '@/pages/settings/form';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { useNarrow } from '@/shared/narrow';
import { Person } from '@/shared/Person';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RestoreDialog } from './RestoreDialog';

interface Line {
  version: SettingsVersion;
  changes: Change[];
  /** Whether it is not the current settings anyway. */
  differs: boolean;
}

/** Restores a version; null for whoever may not. */
type OnRestore = ((version: SettingsVersion) => void) | null;

const columns = (onRestore: OnRestore): TableProps.ColumnDefinition<Line>[] => [
  { id: 'version', header: 'Version', isRowHeader: true, cell: ({ version }) => version.version },
  {
    id: 'at',
    header: 'Saved',
    cell: ({ version }) => (version.saved_at === null ? '–' : <Instant at={version.saved_at} />),
  },
  {
    id: 'by',
    header: 'By',
    cell: ({ version }) => <Person subject={version.saved_by} name={version.saved_by_name} />,
  },
  {
    id: 'what',
    header: 'What changed',
    cell: ({ changes }) => <What changes={changes} />,
  },
  { id: 'restore', header: 'Restore', cell: (line) => <Restore {...line} onRestore={onRestore} /> },
  {
    id: 'all',
    header: 'Version',
    cell: ({ version, changes, differs }) => (
      <>
        Version {version.version} · <Person subject={version.saved_by} name={version.saved_by_name} />
        {version.saved_at !== null && (
          <>
            {' · '}
            <Instant at={version.saved_at} />
          </>
        )}
        <What changes={changes} />
        <Restore version={version} differs={differs} onRestore={onRestore} />
      </>
    ),
  },
];

const WIDE = ['version', 'at', 'by', 'what'];
const NARROW = ['all'];

function Restore({ version, differs, onRestore }: Omit<Line, 'changes'> & { onRestore: OnRestore }) {
  if (!differs || onRestore === null) return null;
  return (
    <Button
      variant="inline-link"
      ariaLabel={`Restore version ${version.version}`}
      onClick={() => {
        onRestore(version);
      }}
    >
      Restore
    </Button>
  );
}

function What({ changes }: { changes: Change[] }) {
  return changes.length === 0 ? <div>Nothing changed</div> : <Changes changes={changes} />;
}

/** Every version of the settings: who saved it, when, and how it differs from the one before. */
export default function RedFlagsHistory() {
  const narrow = useNarrow();
  const { may } = useRole();
  const [restoring, setRestoring] = useState<SettingsVersion | null>(null);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useSettingsHistory();
  if (error && !data) {
    return (
      <ProblemAlert error={error} title="The versions could not be loaded" onRetry={() => void refetch()} />
    );
  }
  const versions = data?.pages.flatMap(({ items }) => items) ?? [];
  const owns = may('configure');
  const shown = narrow ? NARROW : [...WIDE, ...(owns ? ['restore'] : [])];
  return (
    <>
      <Table
        variant="container"
        wrapLines
        trackBy={({ version }) => String(version.version)}
        items={linesOf(versions, hasNextPage)}
        columnDefinitions={columns(owns ? setRestoring : null)}
        columnDisplay={shown.map((id) => ({ id, visible: true }))}
        loading={isPending}
        loadingText="Loading the versions"
        ariaLabels={{ tableLabel: 'Versions of the settings' }}
        header={
          <Header variant="h1" description="Who changed what in the settings, newest first.">
            Version history
          </Header>
        }
        empty={
          <Empty
            title="The settings are the defaults"
            action={<AppLink href="/settings/red-flags">Go to the settings</AppLink>}
          >
            Each time somebody saves them, the version appears here.
          </Empty>
        }
        footer={
          hasNextPage && (
            <Box textAlign="center">
              <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show older versions
              </Button>
            </Box>
          )
        }
      />
      {restoring && (
        <RestoreDialog
          version={restoring}
          onClose={() => {
            setRestoring(null);
          }}
        />
      )}
    </>
  );
}

/** Each version with its difference to the one before; one whose predecessor is not loaded waits for it. */
function linesOf(versions: SettingsVersion[], more: boolean): Line[] {
  const forms = versions.map(({ settings }) => formOf(settings as unknown as SettingsDocument));
  const lines = versions.map((version, index) => ({
    version,
    changes: changesBetween(forms[index + 1] ?? DEFAULTS, forms[index] ?? DEFAULTS),
    differs: changesBetween(forms[0] ?? DEFAULTS, forms[index] ?? DEFAULTS).length > 0,
  }));
  return more ? lines.slice(0, -1) : lines;
}
