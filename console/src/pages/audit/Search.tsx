import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';

interface Props {
  label: string;
  placeholder: string;
  /** What is looked for, or ''. */
  value: string;
  onChange: (value: string) => void;
}

/** A filter by what is typed; it is looked for once the typing pauses. */
export function Search({ label, placeholder, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // The address may change by itself: by the back button, or when filters are cleared.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder={placeholder}
      filteringAriaLabel={label}
      onChange={({ detail }) => {
        setTyped(detail.filteringText);
      }}
      onDelayedChange={({ detail }) => {
        onChange(detail.filteringText.trim());
      }}
    />
  );
}
