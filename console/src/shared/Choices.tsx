import type { ReactNode } from 'react';
import { useLocations } from '@/api/locations';
import { Choice, optionsOf } from './Choice';
import { RULES } from './words';

/** Filters side by side, as many as fit. */
export function Choices({ children }: { children: ReactNode }) {
  return <div className="choices">{children}</div>;
}

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** Flags of one rule, or of any. */
export function RuleChoice(props: Props) {
  return <Choice label="Rule" all="Any rule" options={optionsOf(RULES)} {...props} />;
}

/** Flags of one location of the program, or of any. */
export function LocationChoice(props: Props) {
  const locations = useLocations();
  const options = [...locations.values()].map(({ location_id, name }) => ({
    value: location_id,
    label: name,
  }));
  const { value } = props;
  // Flags stay when their location is deleted.
  if (value !== '' && locations.size > 0 && !locations.has(value)) {
    options.push({ value, label: 'A former location' });
  }
  return <Choice label="Location" all="Any location" options={options} {...props} />;
}
