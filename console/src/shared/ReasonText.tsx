import FormField from '@cloudscape-design/components/form-field';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { useFocused } from './focus';

interface Props {
  reason: string;
  missing: boolean;
  onChange: (reason: string) => void;
}

/** A reason in words of one's own. */
export function ReasonText({ reason, missing, onChange }: Props) {
  const text = useRef<TextareaProps.Ref>(null);
  useFocused(text);
  return (
    <FormField
      label="Reason"
      description="Colleagues see it, and the audit log keeps it."
      errorText={missing ? 'Say why in a few words.' : undefined}
    >
      <Textarea
        ref={text}
        rows={3}
        value={reason}
        onChange={({ detail }) => {
          onChange(detail.value);
        }}
      />
    </FormField>
  );
}
