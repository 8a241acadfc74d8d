import Select, { type SelectProps } from '@cloudscape-design/components/select';

interface Props {
  label: string;
  /** What no choice is called, where there may be none. */
  all?: string;
  options: SelectProps.Option[];
  /** The value of an option, or '' for no choice. */
  value: string;
  onChange: (value: string) => void;
}

/** A filter with one choice of several, or none. */
export function Choice({ label, all, options, value, onChange }: Props) {
  const none: SelectProps.Option[] = all === undefined ? [] : [{ value: '', label: all }];
  const known = [...none, ...options];
  const selected = known.find((option) => option.value === value) ?? { value, label: value };
  return (
    <Select
      ariaLabel={label}
      options={known}
      selectedOption={selected}
      filteringType={options.length > 12 ? 'auto' : 'none'}
      onChange={({ detail }) => {
        onChange(detail.selectedOption.value ?? '');
      }}
    />
  );
}

/** The options of a table of words. */
export function optionsOf(words: Record<string, string>): SelectProps.Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
