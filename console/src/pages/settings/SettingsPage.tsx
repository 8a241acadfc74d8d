import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSettings, type Settings } from '@/api/settings';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SaveBar } from '@/shared/SaveBar';
import { UnsavedGuard } from '@/shared/UnsavedGuard';
import { EditorContext, useEditor } from './editor';
import { Meanwhile } from './Meanwhile';
import { SaveDialog } from './SaveDialog';

interface Props {
  title: string;
  description: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page on which a part of the settings is edited. */
export function SettingsPage(props: Props) {
  const { data, error, refetch } = useSettings();
  if (data) {
    const reload = async () => (await refetch({ throwOnError: true })).data ?? data;
    return <Editing {...props} settings={data} reload={reload} />;
  }
  if (error) {
    return (
      <ProblemAlert error={error} title="The settings could not be loaded" onRetry={() => void refetch()} />
    );
  }
  return <Loading what="the settings" />;
}

interface EditingProps extends Props {
  settings: Settings;
  reload: () => Promise<Settings>;
}

function Editing({ title, description, actions, children, settings, reload }: EditingProps) {
  const editor = useEditor(settings, reload);
  const [asked, setAsked] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const { changes, problems, error, meanwhile, editable } = editor;
  const wrong = Object.keys(problems).length;

  // What is told at a field must be seen, wherever on the page that is.
  useEffect(() => {
    if (wrong > 0 && !asked) page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    // Only when new problems are told, not as each is put right.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wrong > 0, asked]);
  useEffect(() => {
    if (error !== null || meanwhile.length > 0) window.scrollTo({ top: 0 });
  }, [error, meanwhile]);

  return (
    <EditorContext value={editor}>
      <UnsavedGuard unsaved={changes.length > 0} />
      <div ref={page}>
        <ContentLayout
          header={
            <Header variant="h1" description={description} actions={actions}>
              {title}
            </Header>
          }
        >
          <SpaceBetween size="l">
            {!editable && <Alert>You can read these settings. Owners of the program change them.</Alert>}
            <Meanwhile />
            <ProblemAlert error={error} title="The changes were not saved" />
            {children}
          </SpaceBetween>
        </ContentLayout>
      </div>
      {changes.length > 0 && (
        <SaveBar
          save="Review changes"
          discard="Discard"
          onDiscard={editor.discard}
          onSave={() => {
            if (editor.check()) setAsked(true);
          }}
        >
          <Box color={wrong > 0 ? 'text-status-error' : 'inherit'}>
            {wrong > 0
              ? `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} another look`
              : changes.length === 1
                ? 'One unsaved change'
                : `${changes.length} unsaved changes`}
          </Box>
        </SaveBar>
      )}
      {asked && (
        <SaveDialog
          onClose={() => {
            setAsked(false);
          }}
        />
      )}
    </EditorContext>
  );
}
