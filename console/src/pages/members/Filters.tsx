import { Choice, optionsOf } from '@/shared/Choice';
import { Search } from '@/shared/Search';

export const NO_FILTERS = { query: '', flagged: '', access: '' };

type Values = typeof NO_FILTERS;

const FLAGGED = optionsOf({ true: 'With an open flag', false: 'Without an open flag' });
const ACCESS = optionsOf({ active: 'Active', suspended: 'Suspended', blocked: 'Blocked' });

interface Props {
  filters: Values;
  onChange: (change: Partial<Values>) => void;
}

/** What the list of members can be narrowed down by. */
export function Filters({ filters, onChange }: Props) {
  return (
    <div className="filters">
      <Search
        label="Find members"
        placeholder="Name, phone number or your own id"
        value={filters.query}
        onChange={(query) => {
          onChange({ query });
        }}
      />
      <Choice
        label="Flags"
        all="Flagged or not"
        options={FLAGGED}
        value={filters.flagged}
        onChange={(flagged) => {
          onChange({ flagged });
        }}
      />
      <Choice
        label="Access"
        all="Any access"
        options={ACCESS}
        value={filters.access}
        onChange={(access) => {
          onChange({ access });
        }}
      />
    </div>
  );
}
