import Select, { type SelectProps } from '@cloudscape-design/components/select';

interface Props {
  label: string;
  options: SelectProps.Option[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a few options, by its value. */
export function Choice({ label, options, value, onChange }: Props) {
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
