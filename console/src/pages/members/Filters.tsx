import Select, { type SelectProps } from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';

export const NO_FILTERS = { query: '', flagged: '', access: '' };

type Values = typeof NO_FILTERS;

const FLAGGED: SelectProps.Option[] = [
  { value: '', label: 'Flagged or not' },
  { value: 'true', label: 'With an open flag' },
  { value: 'false', label: 'Without an open flag' },
];
const ACCESS: SelectProps.Option[] = [
  { value: '', label: 'Any access' },
  { value: 'active', label: 'Active' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'blocked', label: 'Blocked' },
];

interface Props {
  filters: Values;
  onChange: (change: Partial<Values>) => void;
}

/** What the list of members can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  return (
    <div className="filters">
      <Search query={filters.query} onChange={onChange} />
      <Choice
        label="Flags"
        options={FLAGGED}
        value={filters.flagged}
        onChange={(flagged) => {
          onChange({ flagged });
        }}
      />
      <Choice
        label="Access"
        options={ACCESS}
        value={filters.access}
        onChange={(access) => {
          onChange({ access });
        }}
      />
    </div>
  );
}

function Search({ query, onChange }: { query: string; onChange: (change: { query: string }) => void }) {
  const [typed, setTyped] = useState(query);
  const [known, setKnown] = useState(query);
  // The address may change by itself: by the back button, or when filters are cleared.
  if (known !== query) {
    setKnown(query);
    setTyped(query);
  }
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder="Name, phone number or your own id"
      filteringAriaLabel="Find members"
      onChange={({ detail }) => {
        setTyped(detail.filteringText);
      }}
      onDelayedChange={({ detail }) => {
        onChange({ query: detail.filteringText.trim() });
      }}
    />
  );
}

interface ChoiceProps {
  label: string;
  options: SelectProps.Option[];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <Select
      ariaLabel={label}
      options={options}
      selectedOption={options.find((option) => option.value === value) ?? null}
      onChange={({ detail }) => {
        onChange(detail.selectedOption.value ?? '');
      }}
    />
  );
}
