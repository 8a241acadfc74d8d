import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTestMail, type Recipient } from '@/api/notifications';
import { Indicator } from '@/shared/Indicator';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Props {
  recipients: Recipient[];
  /** Whether the recipients are being edited: a test goes to those that are saved. */
  unsaved: boolean;
}

/** Sends a test, and says what became of it. */
export function TestMail({ recipients, unsaved }: Props) {
  const { data, error, isPending, mutate } = useTestMail();
  const [email, setEmail] = useState('');
  const mailed = recipients.filter(({ status }) => status === 'active');
  const options = [
    {
      value: '',
      label: mailed.length === 1 ? 'The one who is mailed' : `All ${mailed.length} who are mailed`,
    },
    ...mailed.map((each) => ({ value: each.email, label: each.email })),
  ];
  if (mailed.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <FormField
        label="Send a test"
        description={
          unsaved ? 'It goes to the recipients that are saved; what you have edited is not yet.' : undefined
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
      <ProblemAlert error={error} title="The test was not sent" />
      <div role="status">
        {data?.map((trial) => (
          <div key={trial.email}>
            <Indicator type={trial.sent ? 'success' : 'error'}>{trial.sent ? 'Sent' : 'Not sent'}</Indicator>{' '}
            {trial.email}
            {trial.explanation !== null && `: ${trial.explanation}`}
          </div>
        ))}
      </div>
    </SpaceBetween>
  );
}
