import { createContext, use, useState } from 'react';
import { isOvertaken, useSaveSettings, type Settings } from '@/api/settings';
import { Refused } from '@/api/problem';
import { useRole } from '@/auth/role';
import { changesBetween, rebase, type Change, type Rebased } from './changes';
import type { Path } from './fields';
import { documentOf, formOf, problemsFrom, problemsOf, type Form, type Problems, type Value } from './form';

/** The settings as somebody edits them. */
export interface Editor {
  /** The settings that the edits began with, or that they are kept on top of. */
  base: Settings;
  form: Form;
  editable: boolean;
  problems: Problems;
  changes: Change[];
  /** What others have saved since the edits began. */
  meanwhile: Rebased['theirs'];
  /** What was refused, but for what is told at its field. */
  error: unknown;
  set: (path: Path, value: Value) => void;
  discard: () => void;
  dismissMeanwhile: () => void;
  /** Whether the edits can be saved; else each problem is told at its field. */
  check: () => boolean;
  /** Save; answers whether that was done. */
  save: () => Promise<boolean>;
}

interface State {
  base: Settings;
  form: Form;
  problems: Problems;
  meanwhile: Rebased['theirs'];
  error: unknown;
}

const begin = (base: Settings): State => ({
  base,
  form: formOf(base.document),
  problems: {},
  meanwhile: [],
  error: null,
});

/** Edit `settings`, which are the current ones; when they change meanwhile, the edits are kept on top of them. */
export function useEditor(settings: Settings, reload: () => Promise<Settings>): Editor {
  const { may } = useRole();
  const { mutateAsync } = useSaveSettings();
  const [state, setState] = useState(() => begin(settings));
  const { base, form } = state;
  if (settings.etag !== base.etag) setState(onTopOf(settings));

  const put = async (onto: Settings) => {
    const { form: merged } = rebase(formOf(base.document), form, formOf(onto.document));
    await mutateAsync({ document: documentOf(merged, onto.document), etag: onto.etag });
    setState((now) => ({ ...now, problems: {}, meanwhile: [], error: null }));
  };
  const save = async () => {
    try {
      try {
        await put(base);
      } catch (thrown) {
        if (!isOvertaken(thrown)) throw thrown;
        const saved = await reload();
        const { theirs } = rebase(formOf(base.document), form, formOf(saved.document));
        // What others have changed is looked at first; it is told as soon as the page has it.
        if (theirs.length > 0) return false;
        await put(saved);
      }
      return true;
    } catch (thrown) {
      setState((now) => ({ ...now, ...refused(thrown) }));
      return false;
    }
  };

  return {
    ...state,
    editable: may('configure'),
    changes: changesBetween(formOf(base.document), form),
    set: (path, value) => {
      setState((now) => ({
        ...now,
        form: { ...now.form, [path]: value },
        problems: Object.fromEntries(Object.entries(now.problems).filter(([each]) => each !== path)),
        error: null,
      }));
    },
    discard: () => {
      setState(begin(settings));
    },
    dismissMeanwhile: () => {
      setState((now) => ({ ...now, meanwhile: [] }));
    },
    check: () => {
      const problems = problemsOf(form);
      setState((now) => ({ ...now, problems }));
      return Object.keys(problems).length === 0;
    },
    save,
  };
}

function onTopOf(saved: Settings): (now: State) => State {
  return (now) => {
    const before = formOf(now.base.document);
    const { form, theirs } = rebase(before, now.form, formOf(saved.document));
    const editing = changesBetween(before, now.form).length > 0;
    return { ...now, base: saved, form, meanwhile: editing ? theirs : [] };
  };
}

function refused(thrown: unknown): Pick<State, 'problems' | 'error'> {
  if (!(thrown instanceof Refused) || thrown.fields.length === 0) return { problems: {}, error: thrown };
  const { problems, rest } = problemsFrom(thrown.fields);
  const { message, status, code, requestId } = thrown;
  return { problems, error: new Refused(message, { status, code, requestId, fields: rest }) };
}

export const EditorContext = createContext<Editor | null>(null);

export function useEdited(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('There is no EditorContext around this component.');
  return editor;
}
