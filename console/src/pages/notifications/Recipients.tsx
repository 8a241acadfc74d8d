import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useNotifications, type Recipient } from '@/api/notifications';
import { useEdited } from '@/pages/settings/editor';
import { same } from '@/pages/settings/changes';
import { Empty } from '@/shared/Empty';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { useNarrow } from '@/shared/narrow';
import { problemOfNew } from './recipient';
import { Reinstate } from './Reinstate';
import { TestEmail } from './TestEmail';

const WIDE = ['email', 'status', 'actions'];
const NARROW = ['email', 'actions'];

/** Who is notified, and the status of each of them. */
export function Recipients() {
  const { form, editable, problems, set } = useEdited();
  const { data } = useNotifications();
  const narrow = useNarrow();
  const [confirming, setConfirming] = useState<string | null>(null);
  const emails = form['notifications.recipients'] as string[];
  const known = new Map(data?.recipients.map((each) => [each.email.toLowerCase(), each]));
  const status = (email: string) => (
    <Status recipient={known.get(email.toLowerCase())} loaded={data !== undefined} />
  );
  const saved = data?.recipients.map(({ email }) => email) ?? emails;

  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${emails.length})`}
          description="Up to 50 addresses, of staff or of others. Each e-mail has an unsubscribe link."
        >
          Recipients
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Table
          variant="embedded"
          wrapLines
          trackBy={(email) => email}
          items={emails}
          ariaLabels={{ tableLabel: 'Recipients' }}
          columnDisplay={(narrow ? NARROW : WIDE).map((id) => ({ id, visible: true }))}
          columnDefinitions={[
            {
              id: 'email',
              header: 'E-mail',
              isRowHeader: true,
              cell: (email) => (
                <>
                  {email}
                  {narrow && status(email)}
                </>
              ),
            },
            {
              id: 'status',
              header: 'Status',
              cell: status,
            },
            {
              id: 'actions',
              header: 'Actions',
              minWidth: 110,
              cell: (email) =>
                editable && (
                  <SpaceBetween direction="horizontal" size="s">
                    {(known.get(email.toLowerCase())?.status ?? 'active') !== 'active' && (
                      <Button
                        variant="inline-link"
                        ariaLabel={`Reinstate ${email}`}
                        onClick={() => {
                          setConfirming(email);
                        }}
                      >
                        Reinstate
                      </Button>
                    )}
                    <Button
                      variant="inline-link"
                      ariaLabel={`Remove ${email}`}
                      onClick={() => {
                        set(
                          'notifications.recipients',
                          emails.filter((each) => each !== email),
                        );
                      }}
                    >
                      Remove
                    </Button>
                  </SpaceBetween>
                ),
            },
          ]}
          empty={<Empty title="No recipients">Without recipients, no e-mail is sent.</Empty>}
        />
        {editable && <Add emails={emails} problem={problems['notifications.recipients']} />}
        {editable && saved.length > 0 && (
          <TestEmail unsaved={!same(saved, emails)} recipients={data?.recipients ?? []} />
        )}
      </SpaceBetween>
      {confirming !== null && (
        <Reinstate
          email={confirming}
          onClose={() => {
            setConfirming(null);
          }}
        />
      )}
    </Container>
  );
}

/** Why a recipient is suppressed. */
const REASONS: Record<string, string> = {
  bounced: 'An e-mail bounced',
  complained: 'Marked as spam',
  unsubscribed: 'Unsubscribed',
};

function Status({ recipient, loaded }: { recipient: Recipient | undefined; loaded: boolean }) {
  if (!loaded) return <>…</>;
  if (!recipient) return <Indicator type="pending">Not saved yet</Indicator>;
  if (recipient.status === 'active') return <Indicator>Notified</Indicator>;
  return (
    <>
      <Indicator type="stopped">Suppressed</Indicator>
      <Box variant="small" color="text-body-secondary" display="block">
        {REASONS[recipient.status] ?? recipient.status}
        {recipient.since !== null && (
          <>
            , <Instant at={recipient.since} />
          </>
        )}
        {recipient.detail !== null && `: ${recipient.detail}`}
      </Box>
    </>
  );
}

function Add({ emails, problem }: { emails: string[]; problem: string | undefined }) {
  const { set } = useEdited();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const add = () => {
    const email = typed.trim();
    const sentence = problemOfNew(email, emails);
    setWrong(sentence);
    if (sentence !== null) return;
    set('notifications.recipients', [...emails, email]);
    setTyped('');
  };
  return (
    <FormField
      label="Add a recipient"
      errorText={wrong ?? problem}
      secondaryControl={<Button onClick={add}>Add</Button>}
    >
      <Input
        type="email"
        inputMode="email"
        placeholder="name@example.com"
        value={typed}
        onChange={({ detail }) => {
          setTyped(detail.value);
          setWrong(null);
        }}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') add();
        }}
      />
    </FormField>
  );
}
