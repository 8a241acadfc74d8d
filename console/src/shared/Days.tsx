import DateRangePicker from '@cloudscape-design/components/date-range-picker';
import type { DayRange } from './days';
import { isDay } from './days';

interface Props extends DayRange {
  label: string;
  onChange: (days: DayRange) => void;
}

/** A filter by calendar days, both included. */
export function Days({ label, from, to, onChange }: Props) {
  const given = isDay(from) || isDay(to);
  return (
    <DateRangePicker
      rangeSelectorMode="absolute-only"
      dateOnly
      expandToViewport
      ariaLabel={label}
      placeholder="Any time"
      relativeOptions={[]}
      value={
        given
          ? { type: 'absolute', startDate: isDay(from) ? from : to, endDate: isDay(to) ? to : today() }
          : null
      }
      isValidRange={(range) =>
        range?.type === 'absolute' && (range.startDate === '' || range.endDate === '')
          ? { valid: false, errorMessage: 'Choose the first and the last day.' }
          : { valid: true }
      }
      onChange={({ detail }) => {
        if (detail.value?.type === 'absolute') {
          onChange({ from: detail.value.startDate.slice(0, 10), to: detail.value.endDate.slice(0, 10) });
        } else {
          onChange({ from: '', to: '' });
        }
      }}
    />
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
