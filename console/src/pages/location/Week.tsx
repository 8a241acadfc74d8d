import Alert from '@cloudscape-design/components/alert';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Day } from './Day';
import { copied } from './draft';
import { DAY_NAMES, WEEKDAYS, type Weekday } from './hours';
import type { PartProps } from './Place';

/** The hours of a week. */
export function Week({ draft, problems, editable, onChange }: PartProps) {
  const { week, hasHours } = draft;
  const copy = (from: Weekday, to: readonly Weekday[]) => {
    onChange({ week: copied(week, from, to) });
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Check-ins outside these hours are refused and flagged while the rule “Outside opening hours” is on."
          actions={
            editable &&
            hasHours && (
              <ButtonDropdown
                items={[
                  { id: 'weekdays', text: 'Monday’s hours to Friday' },
                  { id: 'all', text: 'Monday’s hours to all days' },
                ]}
                onItemClick={({ detail }) => {
                  copy('mon', detail.id === 'all' ? WEEKDAYS : WEEKDAYS.slice(0, 5));
                }}
              >
                Copy
              </ButtonDropdown>
            )
          }
        >
          Opening hours
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField stretch>
          <RadioGroup
            ariaLabel="Opening hours"
            readOnly={!editable}
            items={[
              { value: 'own', label: 'Has hours of its own' },
              {
                value: 'none',
                label: 'No hours',
                description:
                  'Always open, unless the rule “Outside opening hours” sets hours for such locations.',
              },
            ]}
            value={hasHours ? 'own' : 'none'}
            onChange={({ detail }) => {
              onChange({ hasHours: detail.value === 'own' });
            }}
          />
        </FormField>
        {!hasHours && draft.exceptions.length > 0 && editable && (
          <Alert type="warning">Without weekly hours, the other dates are deleted when you save.</Alert>
        )}
        {hasHours &&
          WEEKDAYS.map((day, index) => (
            <Day
              key={day}
              name={DAY_NAMES[day]}
              next={DAY_NAMES[WEEKDAYS[(index + 1) % WEEKDAYS.length] ?? 'mon']}
              path={`hours.${day}`}
              value={week[day]}
              problems={problems}
              editable={editable}
              onChange={(hours) => {
                onChange({ week: { ...week, [day]: hours } });
              }}
            />
          ))}
      </SpaceBetween>
    </Container>
  );
}
