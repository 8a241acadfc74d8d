import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { FREQUENCIES } from '@/generated/settings';
import { useEdited } from '@/pages/settings/editor';
import { ZoneSelect } from '@/shared/ZoneSelect';

const ITEMS = Object.entries(FREQUENCIES).map(([value, { title, about }]) => ({
  value,
  label: title,
  description: about,
}));
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** How often e-mails are sent, and at which hour. */
export function When() {
  const { form, editable, problems, set } = useEdited();
  const frequency = String(form['notifications.frequency']);
  const byClock = frequency !== 'every_flag' && frequency !== 'off';
  return (
    <Container header={<Header variant="h2">When</Header>}>
      <SpaceBetween size="m">
        <FormField label="How often" errorText={problems['notifications.frequency']}>
          <RadioGroup
            readOnly={!editable}
            items={ITEMS}
            value={frequency}
            onChange={({ detail }) => {
              set('notifications.frequency', detail.value);
            }}
          />
        </FormField>
        {byClock && (
          <ColumnLayout columns={2}>
            <FormField label="Hour" errorText={problems['notifications.hour']}>
              <Select
                readOnly={!editable}
                options={HOURS}
                selectedOption={HOURS.find(({ value }) => value === form['notifications.hour']) ?? null}
                onChange={({ detail }) => {
                  set('notifications.hour', detail.selectedOption.value ?? '');
                }}
              />
            </FormField>
            <FormField
              label="Time zone"
              description="The hour is local time there, also during daylight saving time."
              errorText={problems['notifications.time_zone']}
            >
              <ZoneSelect
                readOnly={!editable}
                value={String(form['notifications.time_zone'])}
                onChange={(zone) => {
                  set('notifications.time_zone', zone);
                }}
              />
            </FormField>
          </ColumnLayout>
        )}
      </SpaceBetween>
    </Container>
  );
}
