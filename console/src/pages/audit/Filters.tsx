import { useStaffNames } from '@/api/people';
import { Choice, optionsOf } from '@/shared/Choice';
import { Choices } from '@/shared/Choices';
import { Days } from '@/shared/Days';
import type { AuditValues } from './query';
import { Search } from './Search';
import { ACTIONS } from './words';

interface Props {
  filters: AuditValues;
  onChange: (change: Partial<AuditValues>) => void;
}

/** What the log can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  const people = [...useStaffNames()].map(([value, label]) => ({ value, label }));
  return (
    <Choices>
      <Search
        label="About"
        placeholder="About: a member id or another id"
        value={filters.subject}
        onChange={(subject) => {
          onChange({ subject });
        }}
      />
      <Choice
        label="Action"
        all="Any action"
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
    </Choices>
  );
}
