import { useSetProgram, type Program } from '@/api/platform';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';

const CLOSE = {
  title: 'Close',
  does: 'Within seconds, check-ins, logins and enrolments stop, and its staff see that it is closed. Nothing is deleted, and you can reopen it.',
  done: 'is closed',
};
const REOPEN = {
  title: 'Reopen',
  does: 'Everything is as it was before it was closed.',
  done: 'is open again',
};

/** Asks why, and closes a program or opens it again. */
export function StateDialog({ program, onClose }: { program: Program; onClose: () => void }) {
  const closes = program.closed_at === null;
  const { title, does, done } = closes ? CLOSE : REOPEN;
  const { mutateAsync } = useSetProgram(program.program_id, closes ? 'close' : 'reopen');
  const notify = useNotify();
  const set = async (reason: string) => {
    await mutateAsync(reason);
    notify({ type: 'success', header: `${program.name} ${done}` });
  };
  return (
    <ConfirmDialog
      title={`${title}: ${program.name}`}
      confirm={title}
      asksReason
      onConfirm={set}
      onClose={onClose}
    >
      <div>{does}</div>
    </ConfirmDialog>
  );
}
