import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { useStaffNames } from '@/api/staff';
import { Choice, optionsOf } from '@/shared/Choice';
import '@/shared/choices.css';
import { Days } from '@/shared/Days';
import type { Values } from './asked';
import { ACTIONS } from './words';

interface Props {
  filters: Values;
  onChange: (change: Partial<Values>) => void;
}

/** What the log can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  const people = [...useStaffNames()].map(([value, label]) => ({ value, label }));
  return (
    <div className="choices">
      <Subject
        subject={filters.subject}
        onChange={(subject) => {
          onChange({ subject });
        }}
      />
      <Choice
        label="What"
        all="Anything"
        options={optionsOf(ACTIONS)}
        value={filters.action}
        onChange={(action) => {
          onChange({ action });
        }}
      />
      <Choice
        label="Who"
        all="By anybody"
        options={[...people, { value: 'redflag', label: 'Redflag' }]}
        value={filters.by}
        onChange={(by) => {
          onChange({ by });
        }}
      />
      <Days label="When" from={filters.from} to={filters.to} onChange={onChange} />
    </div>
  );
}

function Subject({ subject, onChange }: { subject: string; onChange: (subject: string) => void }) {
  const [typed, setTyped] = useState(subject);
  const [known, setKnown] = useState(subject);
  // The address may change by itself: by the back button, or when filters are cleared.
  if (known !== subject) {
    setKnown(subject);
    setTyped(subject);
  }
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder="About: a member id or another id"
      filteringAriaLabel="About"
      onChange={({ detail }) => {
        setTyped(detail.filteringText);
      }}
      onDelayedChange={({ detail }) => {
        onChange(detail.filteringText.trim());
      }}
    />
  );
}
