import { useState, type ReactNode } from 'react';
import { Dialog } from './Dialog';
import { ProblemAlert } from './ProblemAlert';
import { ReasonFields } from './ReasonFields';
import { reasonOf } from './reasons';
import { ReasonText } from './ReasonText';

interface Props {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What the button says: the action, never "OK". */
  confirm: string;
  /** Whether a reason is asked for; it goes into the audit log. */
  asksReason?: boolean;
  /** Reasons to choose from. */
  reasons?: string[];
  /** Whether the first of them is chosen at first, so that Enter alone decides. */
  suggests?: boolean;
  /** Do it; the dialog waits, and stays with what is thrown. */
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
}

// The API takes 1,000 characters; a reason from the list may stand before these.
const LONGEST = 900;

/** Asks before something is done. */
export function ConfirmDialog(props: Props) {
  const { title, children, confirm, asksReason = false, reasons = [], suggests = true } = props;
  const { onConfirm, onClose } = props;
  const [chosen, setChosen] = useState(suggests ? (reasons[0] ?? null) : null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const write = (words: string) => {
    setNote(words.slice(0, LONGEST));
  };
  const given = reasonOf(chosen, note);

  const go = async () => {
    setMissing(asksReason && given === '');
    if (asksReason && given === '') return;
    setError(null);
    try {
      await onConfirm(given);
      onClose();
    } catch (thrown) {
      setError(thrown);
    }
  };

  return (
    <Dialog title={title} submit={confirm} onSubmit={go} onClose={onClose}>
      {children}
      {asksReason && reasons.length > 0 && (
        <ReasonFields
          reasons={reasons}
          chosen={chosen}
          note={note}
          missing={missing && given === ''}
          onChange={(nowChosen, nowNote) => {
            setChosen(nowChosen);
            write(nowNote);
          }}
        />
      )}
      {asksReason && reasons.length === 0 && (
        <ReasonText reason={note} missing={missing && given === ''} onChange={write} />
      )}
      <ProblemAlert error={error} />
    </Dialog>
  );
}
