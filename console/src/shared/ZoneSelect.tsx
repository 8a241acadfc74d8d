import Select from '@cloudscape-design/components/select';

interface Props {
  value: string;
  onChange: (zone: string) => void;
  readOnly?: boolean;
  invalid?: boolean;
}

/** An IANA time zone, found by typing a part of its name. */
export function ZoneSelect({ value, onChange, readOnly = false, invalid = false }: Props) {
  return (
    <Select
      virtualScroll
      filteringType="auto"
      filteringPlaceholder="A city, such as New York"
      placeholder="Choose a time zone"
      empty="No such time zone"
      readOnly={readOnly}
      invalid={invalid}
      options={zonesWith(value).map(optionOf)}
      selectedOption={value === '' ? null : optionOf(value)}
      onChange={({ detail }) => {
        onChange(detail.selectedOption.value ?? '');
      }}
    />
  );
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

// Browsers know a zone by one of its names only; the API may have another.
function zonesWith(value: string): string[] {
  return value === '' || ZONES.includes(value) ? ZONES : [value, ...ZONES];
}

function optionOf(zone: string) {
  return { value: zone, label: zone.replaceAll('_', ' '), filteringTags: [zone] };
}
