import { Choice, optionsOf } from '@/shared/Choice';
import { Choices, LocationChoice, RuleChoice } from '@/shared/Choices';
import { STATUSES, type QueueValues } from './query';

interface Props {
  filters: QueueValues;
  onChange: (change: Partial<QueueValues>) => void;
}

/** What the queue can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  return (
    <Choices>
      <RuleChoice
        value={filters.rule}
        onChange={(rule) => {
          onChange({ rule });
        }}
      />
      <LocationChoice
        value={filters.location_id}
        onChange={(location_id) => {
          onChange({ location_id });
        }}
      />
      <Choice
        label="Status"
        options={optionsOf(STATUSES)}
        value={filters.status}
        onChange={(status) => {
          onChange({ status });
        }}
      />
    </Choices>
  );
}
