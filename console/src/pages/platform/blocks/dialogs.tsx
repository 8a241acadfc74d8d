import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useBlock, useLift, type Block } from '@/api/platform';
import { Refused } from '@/api/problem';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';

/** Asks for a number and why, and blocks it in every program. */
export function BlockDialog({ onClose }: { onClose: () => void }) {
  const { mutateAsync } = useBlock();
  const notify = useNotify();
  const [phone, setPhone] = useState('');
  const block = async (reason: string) => {
    if (phone.trim() === '') throw new Refused('Enter the number, with its country code.', {});
    const { phone_masked } = await mutateAsync({ phone: phone.trim(), reason });
    notify({ type: 'success', header: `${phone_masked} is blocked in every program` });
  };
  return (
    <ConfirmDialog
      title="Block a number everywhere"
      confirm="Block"
      asksReason
      onConfirm={block}
      onClose={onClose}
    >
      <div>
        Nobody can log in or check in with this number, in any program, now or after enrolling later. Programs
        do not see your reason.
      </div>
      <FormField label="Phone number" description="With its country code, such as +1 202 555 0123.">
        <Input
          type="text"
          inputMode="tel"
          value={phone}
          onChange={({ detail }) => {
            setPhone(detail.value);
          }}
        />
      </FormField>
    </ConfirmDialog>
  );
}

/** Asks why, and lifts a block. */
export function LiftDialog({ block, onClose }: { block: Block; onClose: () => void }) {
  const { mutateAsync } = useLift();
  const notify = useNotify();
  const lift = async (reason: string) => {
    await mutateAsync({ block_id: block.block_id, reason });
    notify({ type: 'success', header: `The block of ${block.phone_masked} is lifted` });
  };
  return (
    <ConfirmDialog
      title={`Lift the block of ${block.phone_masked}`}
      confirm="Lift"
      asksReason
      onConfirm={lift}
      onClose={onClose}
    >
      <div>Each program’s own decision about the member applies again.</div>
    </ConfirmDialog>
  );
}
