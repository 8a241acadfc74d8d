import { useState, type ReactNode } from 'react';
import { Dialog } from './Dialog';
import { fieldErrors } from './field-errors';
import { ProblemAlert } from './ProblemAlert';

type FieldProblems = Readonly<Record<string, string>>;

interface Props {
  title: string;
  /** What the button says: the action, never "OK". */
  submit: string;
  /** What has to be put right first, by field. */
  check: () => FieldProblems;
  /** Do it; the dialog waits, and stays with what is thrown. */
  onSubmit: () => Promise<void>;
  onClose: () => void;
  /** The fields that the form has, by the names that the API gives them. */
  fields: string[];
  /** The form, given what is wrong with each of its fields. */
  children: (problems: FieldProblems) => ReactNode;
}

/** A short form in a dialog. */
export function FormDialog({ title, submit, check, onSubmit, onClose, fields, children }: Props) {
  const [problems, setProblems] = useState<FieldProblems>({});
  const [error, setError] = useState<unknown>(null);

  const go = async () => {
    const found = check();
    setProblems(found);
    setError(null);
    if (Object.keys(found).length > 0) return;
    try {
      await onSubmit();
      onClose();
    } catch (thrown) {
      const { at, rest } = fieldErrors(thrown, (field) => fields.includes(field));
      setProblems(at);
      setError(rest);
    }
  };

  return (
    <Dialog title={title} submit={submit} onSubmit={go} onClose={onClose}>
      {children(problems)}
      <ProblemAlert error={error} />
    </Dialog>
  );
}
