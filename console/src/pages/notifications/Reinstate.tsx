import { useReinstate } from '@/api/notifications';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';

/** Asks why somebody is to be mailed again, and does it. */
export function Reinstate({ email, onClose }: { email: string; onClose: () => void }) {
  const { mutateAsync } = useReinstate();
  const notify = useNotify();
  return (
    <ConfirmDialog
      title={`Mail ${email} again?`}
      confirm="Mail again"
      asksReason
      onConfirm={async (reason) => {
        await mutateAsync({ email, reason });
        notify({ type: 'success', header: `${email} is mailed again.` });
      }}
      onClose={onClose}
    >
      Mails to this address have stopped. Start again only if the person wants them, or if the address works
      again.
    </ConfirmDialog>
  );
}
