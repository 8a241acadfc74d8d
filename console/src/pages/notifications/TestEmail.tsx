import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTestEmail, type Recipient } from '@/api/notifications';
import { Indicator } from '@/shared/Indicator';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Props {
  recipients: Recipient[];
  /** Whether the recipients are being edited: a test goes to those that are saved. */
  unsaved: boolean;
}

/** Sends a test e-mail, and shows the result for each recipient. */
export function TestEmail({ recipients, unsaved }: Props) {
  const { data, error, isPending, mutate } = useTestEmail();
  const [email, setEmail] = useState('');
  const notified = recipients.filter(({ status }) => status === 'active');
  const options = [
    {
      value: '',
      label: `All notified recipients (${notified.length})`,
    },
    ...notified.map((each) => ({ value: each.email, label: each.email })),
  ];
  if (notified.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <FormField
        label="Test e-mail"
        description={
          unsaved
            ? 'The test goes to the saved recipients; your unsaved changes are not included.'
            : undefined
        }
        secondaryControl={
          <Button
            loading={isPending}
            onClick={() => {
              mutate(email === '' ? null : email);
            }}
          >
            Send
          </Button>
        }
      >
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === email) ?? options[0] ?? null}
          onChange={({ detail }) => {
            setEmail(detail.selectedOption.value ?? '');
          }}
        />
      </FormField>
      <ProblemAlert error={error} title="The test e-mail was not sent" />
      <div role="status">
        {data?.map((result) => (
          <div key={result.email}>
            <Indicator type={result.sent ? 'success' : 'error'}>
              {result.sent ? 'Sent' : 'Not sent'}
            </Indicator>{' '}
            {result.email}
            {result.explanation !== null && `: ${result.explanation}`}
          </div>
        ))}
      </div>
    </SpaceBetween>
  );
}
