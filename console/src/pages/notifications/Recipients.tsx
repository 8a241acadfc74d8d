import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useNotifications, useReinstate, type Recipient } from '@/api/notifications';
import { useEdited } from '@/pages/settings/editor';
import { same } from '@/pages/settings/changes';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { useNarrow } from '@/shared/narrow';
import { useNotify } from '@/shared/notify';
import { problemOfNew } from './recipient';
import { TestMail } from './TestMail';

/** Who is mailed, and how that goes for each of them. */
export function Recipients() {
  const { form, editable, problems, set } = useEdited();
  const { data } = useNotifications();
  const [asked, setAsked] = useState<string | null>(null);
  const narrow = useNarrow();
  const emails = form['notifications.recipients'] as string[];
  const known = new Map(data?.recipients.map((each) => [each.email.toLowerCase(), each]));
  const saved = data?.recipients.map(({ email }) => email) ?? emails;

  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${emails.length})`}
          description="Up to 50 addresses, of the console’s people or of others. Each mail has a link to unsubscribe."
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
          columnDefinitions={[
            {
              id: 'email',
              header: 'E-mail',
              isRowHeader: true,
              cell: (email) => (
                <>
                  {email}
                  {narrow && (
                    <div>
                      <Status recipient={known.get(email.toLowerCase())} loaded={data !== undefined} />
                    </div>
                  )}
                </>
              ),
            },
            {
              id: 'status',
              header: 'Status',
              cell: (email) => (
                <Status recipient={known.get(email.toLowerCase())} loaded={data !== undefined} />
              ),
            },
            {
              id: 'actions',
              header: 'Actions',
              minWidth: 90,
              cell: (email) =>
                editable && (
                  <SpaceBetween direction="horizontal" size="s">
                    {(known.get(email.toLowerCase())?.status ?? 'active') !== 'active' && (
                      <Button
                        variant="inline-link"
                        ariaLabel={`Mail ${email} again`}
                        onClick={() => {
                          setAsked(email);
                        }}
                      >
                        Mail again
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
          columnDisplay={['email', 'status', 'actions'].map((id) => ({
            id,
            visible: !(narrow && id === 'status'),
          }))}
          empty={<Empty title="Nobody is mailed">Flags wait in the queue until somebody looks.</Empty>}
        />
        {editable && <Add emails={emails} problem={problems['notifications.recipients']} />}
        {editable && saved.length > 0 && (
          <TestMail unsaved={!same(saved, emails)} recipients={data?.recipients ?? []} />
        )}
      </SpaceBetween>
      {asked !== null && (
        <Reinstate
          email={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Container>
  );
}

const STATUSES: Record<string, string> = {
  bounced: 'Not mailed: a mail came back',
  complained: 'Not mailed: a mail was marked as spam',
  unsubscribed: 'Not mailed: has unsubscribed',
};

function Status({ recipient, loaded }: { recipient: Recipient | undefined; loaded: boolean }) {
  if (!loaded) return <>…</>;
  if (!recipient) return <StatusIndicator type="pending">Not saved yet</StatusIndicator>;
  if (recipient.status === 'active') return <StatusIndicator>Is mailed</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="stopped" wrapText>
        {STATUSES[recipient.status] ?? recipient.status}
      </StatusIndicator>
      <Box variant="small" color="text-body-secondary">
        {recipient.since !== null && <Instant at={recipient.since} />}
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

function Reinstate({ email, onClose }: { email: string; onClose: () => void }) {
  const { mutateAsync } = useReinstate();
  const notify = useNotify();
  return (
    <ConfirmDialog
      title={`Mail ${email} again?`}
      confirm="Mail again"
      asksReason
      onConfirm={async (reason) => {
        await mutateAsync({ email, reason });
        notify({ type: 'success', header: `${email} is mailed again.` });
      }}
      onClose={onClose}
    >
      Mails to this address have stopped. Start again only if the person wants them, or if the address works
      again.
    </ConfirmDialog>
  );
}
