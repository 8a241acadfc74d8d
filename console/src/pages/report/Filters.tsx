import { Choice, optionsOf } from '@/shared/Choice';
import { Choices, LocationChoice, RuleChoice } from '@/shared/Choices';
import { Days } from '@/shared/Days';
import { FLAG_STATUSES } from '@/shared/words';
import type { ReportValues } from './query';

interface Props {
  filters: ReportValues;
  onChange: (change: Partial<ReportValues>) => void;
}

/** What the report can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  return (
    <Choices>
      <RuleChoice
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
      <LocationChoice
        value={filters.location_id}
        onChange={(location_id) => {
          onChange({ location_id });
        }}
      />
      <Days label="Raised" from={filters.from} to={filters.to} onChange={onChange} />
    </Choices>
  );
}
