import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Day } from './Day';
import type { DatedHours } from './hours';
import type { PartProps } from './Place';

const MOST = 400;

/** Dates with other hours than their weekday. */
export function Exceptions({ draft, problems, editable, onChange }: PartProps) {
  const { exceptions } = draft;
  const put = (changed: DatedHours[]) => {
    onChange({ exceptions: changed });
  };
  const replace = (index: number, changed: Partial<DatedHours>) => {
    put(exceptions.map((each, at) => (at === index ? { ...each, ...changed } : each)));
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={exceptions.length > 0 ? `(${exceptions.length})` : undefined}
          description="Holidays and other dates with hours of their own."
        >
          Other dates
        </Header>
      }
    >
      <SpaceBetween size="m">
        {exceptions.length === 0 && (
          <Box color="text-body-secondary">The weekly hours apply on every date.</Box>
        )}
        {exceptions.map((each, index) => (
          // Rows have nothing to be told apart by but their place: dates are being edited.
          <div className="exception" key={index}>
            <FormField label="Date" errorText={problems[`exceptions.${index}.date`]}>
              <DatePicker
                readOnly={!editable}
                placeholder="YYYY/MM/DD"
                i18nStrings={{
                  openCalendarAriaLabel: (selected) =>
                    selected === null ? 'Choose a date' : `Choose another date than ${selected}`,
                }}
                value={each.date}
                onChange={({ detail }) => {
                  replace(index, { date: detail.value });
                }}
              />
            </FormField>
            <Day
              name={each.date === '' ? 'That date' : dateInWords(each.date)}
              next="the next day"
              path={`exceptions.${index}.hours`}
              value={each}
              problems={problems}
              editable={editable}
              onChange={(hours) => {
                replace(index, hours);
              }}
            />
            {editable && (
              <Button
                iconName="remove"
                variant="icon"
                ariaLabel={`Remove ${each.date === '' ? 'this date' : dateInWords(each.date)}`}
                onClick={() => {
                  put(exceptions.filter((_, at) => at !== index));
                }}
              />
            )}
          </div>
        ))}
        {editable && exceptions.length < MOST && (
          <Button
            iconName="add-plus"
            onClick={() => {
              put([...exceptions, { date: '', kind: 'closed', spans: [] }]);
            }}
          >
            Add a date
          </Button>
        )}
      </SpaceBetween>
    </Container>
  );
}

function dateInWords(date: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return 'That date';
  return parsed.toLocaleDateString(undefined, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
}
