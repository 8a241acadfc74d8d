import { useReinstate } from '@/api/notifications';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';

/** Asks why a recipient is to be reinstated, and does it. */
export function Reinstate({ email, onClose }: { email: string; onClose: () => void }) {
  const { mutateAsync } = useReinstate();
  const notify = useNotify();
  return (
    <ConfirmDialog
      title={`Reinstate ${email}?`}
      confirm="Reinstate"
      asksReason
      onConfirm={async (reason) => {
        await mutateAsync({ email, reason });
        notify({ type: 'success', header: `${email} is reinstated.` });
      }}
      onClose={onClose}
    >
      This address is suppressed: it gets no e-mail. Reinstate it only if the person wants e-mail, or if the
      address works again.
    </ConfirmDialog>
  );
}
