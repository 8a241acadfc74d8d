import FormField from '@cloudscape-design/components/form-field';
import RadioGroup, { type RadioGroupProps } from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { useFocused } from './focus';

interface Props {
  reasons: string[];
  /** One of them, '' for another one, or null while none is chosen. */
  chosen: string | null;
  note: string;
  missing: boolean;
  onChange: (chosen: string | null, note: string) => void;
}

/** A reason from a short list, or in words of one's own. */
export function ReasonFields({ reasons, chosen, note, missing, onChange }: Props) {
  const group = useRef<RadioGroupProps.Ref>(null);
  useFocused(group);
  return (
    <SpaceBetween size="m">
      <FormField
        label="Reason"
        description="Colleagues see it, and the audit log keeps it."
        errorText={missing ? 'Choose a reason, or say why in a few words.' : undefined}
      >
        <RadioGroup
          ref={group}
          value={chosen}
          items={[
            ...reasons.map((label) => ({ value: label, label })),
            { value: '', label: 'Another reason' },
          ]}
          onChange={({ detail }) => {
            onChange(detail.value, note);
          }}
        />
      </FormField>
      <FormField label={chosen === '' ? 'In your own words' : 'Note (optional)'}>
        <Textarea
          rows={2}
          value={note}
          onChange={({ detail }) => {
            onChange(chosen, detail.value);
          }}
        />
      </FormField>
    </SpaceBetween>
  );
}
