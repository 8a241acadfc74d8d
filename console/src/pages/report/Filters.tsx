import { useLocations } from '@/api/locations';
import { Choice, optionsOf } from '@/shared/Choice';
import '@/shared/choices.css';
import { Days } from '@/shared/Days';
import { FLAG_STATUSES, RULES } from '@/shared/words';
import type { Values } from './asked';

interface Props {
  filters: Values;
  onChange: (change: Partial<Values>) => void;
}

/** What the report can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  const locations = [...useLocations().values()];
  return (
    <div className="choices">
      <Choice
        label="Rule"
        all="Any rule"
        options={optionsOf(RULES)}
        value={filters.rule}
        onChange={(rule) => {
          onChange({ rule });
        }}
      />
      <Choice
        label="Status"
        all="Any status"
        options={optionsOf(FLAG_STATUSES)}
        value={filters.status}
        onChange={(status) => {
          onChange({ status });
        }}
      />
      <Choice
        label="Location"
        all="Any location"
        options={locations.map(({ location_id, name }) => ({ value: location_id, label: name }))}
        value={filters.location}
        onChange={(location) => {
          onChange({ location });
        }}
      />
      <Days label="Raised" from={filters.from} to={filters.to} onChange={onChange} />
    </div>
  );
}
