import RadioGroup from '@cloudscape-design/components/radio-group';
import { lazy, Suspense } from 'react';
import type { Place } from '@/api/checkIns';

// Loaded by chains alone.
const Select = lazy(() => import('@cloudscape-design/components/select'));

/** More are no longer seen at a glance, and would push the button out of sight. */
const FEW = 6;

interface Props {
  places: Place[];
  chosen: Place | undefined;
  onChoose: (locationId: string) => void;
}

/** Where a member is: a few places side by side, many to be searched. */
export function PlaceChoice({ places, chosen, onChoose }: Props) {
  const options = places.map(({ location_id, name }) => ({ value: location_id, label: name }));
  if (options.length <= FEW) {
    return (
      <RadioGroup
        items={options}
        value={chosen?.location_id ?? null}
        onChange={({ detail }) => {
          onChoose(detail.value);
        }}
      />
    );
  }
  return (
    <Suspense>
      <Select
        options={options}
        filteringType="auto"
        filteringPlaceholder="Search by name"
        selectedOption={options.find(({ value }) => value === chosen?.location_id) ?? null}
        onChange={({ detail }) => {
          onChoose(detail.selectedOption.value ?? '');
        }}
      />
    </Suspense>
  );
}
