import type { FlagFilters } from '@/api/flags';
import { Choice, optionsOf } from '@/shared/Choice';
import { Choices, LocationChoice, RuleChoice } from '@/shared/Choices';
import { given } from '@/shared/filters';
import { FLAG_STATUSES } from '@/shared/words';

/** `any` is a status of the page alone: the queue shows what is open unless asked for more. */
export const NO_FILTERS = { rule: '', location_id: '', status: 'open' };

type Values = typeof NO_FILTERS;

const STATUS_OPTIONS = [...optionsOf(FLAG_STATUSES), { value: 'any', label: 'Any status' }];

interface Props {
  filters: Values;
  onChange: (change: Partial<Values>) => void;
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
        options={STATUS_OPTIONS}
        value={filters.status}
        onChange={(status) => {
          onChange({ status });
        }}
      />
    </Choices>
  );
}

/** What is asked of the API for these filters. */
export function asked({ status, ...others }: Values, cursor: string | undefined): FlagFilters {
  return given({ ...others, status: status === 'any' ? '' : status, cursor });
}
