import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { useRole } from '@/auth/role';

const MOVING = [
  { label: 'j or ↓', value: 'Next flag' },
  { label: 'k or ↑', value: 'Previous flag' },
  { label: 'o', value: 'Open the member’s page' },
  { label: '?', value: 'Show these shortcuts' },
];
const DECIDING = [
  { label: 'v', value: 'Verify' },
  { label: 'r', value: 'Resolve for good' },
  { label: 'b', value: 'Block' },
  { label: 'u', value: 'Unblock; right after a block, undo it' },
  { label: '↓ or space', value: 'In the dialog: choose a reason' },
  { label: 'Enter', value: 'In the dialog: decide, for the chosen reason' },
  { label: 'Esc', value: 'In the dialog: close it without a decision' },
];

/** Which keys do what. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { may } = useRole();
  return (
    <Modal visible header="Keyboard shortcuts" onDismiss={onClose}>
      <KeyValuePairs columns={2} items={may('decide') ? [...DECIDING, ...MOVING] : MOVING} />
      <Box color="text-body-secondary" margin={{ top: 'm' }}>
        Shortcuts are off while you type.
      </Box>
    </Modal>
  );
}
