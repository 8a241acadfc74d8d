import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSaveLocation } from '@/api/location-changes';
import { useLocationList, type Location } from '@/api/locations';
import { Refused } from '@/api/problem';
import { useRole } from '@/auth/role';
import { fieldErrors } from '@/shared/field-errors';
import { useNotify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { SaveBar } from '@/shared/SaveBar';
import { UnsavedGuard } from '@/shared/UnsavedGuard';
import { DeleteLocation } from './DeleteLocation';
import { draftOf, isSame, locationOf, problemsOf, type Draft, type Problems } from './draft';
import { Exceptions } from './Exceptions';
import { Place } from './Place';
import { Week } from './Week';

const LIST = '/settings/locations';

const CHANGED = new Refused(
  'Somebody has saved this location while you were editing. Discard to see their version, or save again to replace it.',
  {},
);

interface Props {
  /** The location as it is; null for a new one. */
  location: Location | null;
  initial: Draft;
}

/** A location, read or edited. */
export function LocationForm({ location, initial }: Props) {
  const { may } = useRole();
  const notify = useNotify();
  const navigate = useNavigate();
  const { refetch } = useLocationList();
  const { mutateAsync, isPending } = useSaveLocation(location?.location_id ?? null);
  const [begun, setBegun] = useState(initial);
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<unknown>(null);
  const [gone, setGone] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const editable = may('configure');
  const unsaved = !isSame(draft, begun);
  const wrong = Object.keys(problems).length;

  // What others save is shown at once, unless it would take away what is being edited.
  if (!unsaved && !isSame(initial, begun)) {
    setBegun(initial);
    setDraft(initial);
  }
  useEffect(() => {
    if (wrong > 0) page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong]);
  useEffect(() => {
    if (error !== null) window.scrollTo({ top: 0 });
  }, [error]);
  useEffect(() => {
    if (gone) void navigate(LIST);
  }, [gone, navigate]);

  const edit = (change: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...change }));
    setProblems({});
    setError(null);
  };
  // Whoever saves last would replace what they have never seen; so it is shown, and asked again.
  const changedMeanwhile = async (id: string) => {
    const now = (await refetch({ throwOnError: true })).data?.get(id);
    if (now && isSame(draftOf(now), begun)) return false;
    if (now) setBegun(draftOf(now));
    setError(now ? CHANGED : null);
    return true;
  };
  const save = async () => {
    const found = problemsOf(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    try {
      if (location !== null && (await changedMeanwhile(location.location_id))) return;
      const saved = await mutateAsync(locationOf(draft));
      notify({ type: 'success', header: `${saved.name} is saved. It takes effect within a minute.` });
      if (location === null) setGone(true);
      else setBegun(draft);
    } catch (thrown) {
      const { at, rest } = fieldErrors(thrown, isFieldOfLocation);
      setProblems(at);
      setError(rest);
    }
  };

  return (
    <>
      <UnsavedGuard unsaved={unsaved && !gone} />
      <div ref={page}>
        <ContentLayout
          header={
            <Header
              variant="h1"
              actions={
                editable &&
                location !== null && (
                  <Button
                    onClick={() => {
                      setConfirming(true);
                    }}
                  >
                    Delete
                  </Button>
                )
              }
            >
              {location?.name ?? 'New location'}
            </Header>
          }
        >
          <SpaceBetween size="l">
            {!editable && <Alert>Only owners of the program can change this.</Alert>}
            <ProblemAlert error={error} title="The location was not saved" />
            <Place draft={draft} problems={problems} editable={editable} onChange={edit} />
            <Week draft={draft} problems={problems} editable={editable} onChange={edit} />
            {draft.hasHours && (
              <Exceptions draft={draft} problems={problems} editable={editable} onChange={edit} />
            )}
          </SpaceBetween>
        </ContentLayout>
      </div>
      {editable && (unsaved || location === null) && (
        <SaveBar
          save={location === null ? 'Add the location' : 'Save'}
          saving={isPending}
          discard={location === null ? 'Cancel' : 'Discard'}
          onSave={() => void save()}
          onDiscard={() => {
            if (location === null) setGone(true);
            else {
              setDraft(begun);
              setProblems({});
              setError(null);
            }
          }}
        >
          {wrong > 0
            ? `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} correction`
            : unsaved
              ? 'Not saved yet'
              : 'Enter a name and opening hours'}
        </SaveBar>
      )}
      {confirming && location !== null && (
        <DeleteLocation
          location={location}
          onDeleted={() => {
            setGone(true);
          }}
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </>
  );
}

function isFieldOfLocation(field: string): boolean {
  return /^(name|time_zone|position\.(lat|lon)|(hours\.\w+|exceptions\.\d+\.hours)\.\d+(\.\w+)?|exceptions\.\d+\.date)$/.test(
    field,
  );
}
