import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Line, Sentence, Switch, Whole } from '@/pages/settings/inputs';

/** What a flag does by itself. */
export function WhenFlagged() {
  return (
    <Container header={<Header variant="h2">When a rule flags a member</Header>}>
      <SpaceBetween size="m">
        <Switch path="automatically_suspend">
          The member can neither log in nor check in until you verify, resolve or unblock. Off, a flag only
          asks you to look.
        </Switch>
        <Switch path="show_flags_on_members_page">
          The list of members shows a red flag beside everybody with an open flag. Off, only the member’s own
          page and the report do.
        </Switch>
      </SpaceBetween>
    </Container>
  );
}

export function CheckIns() {
  return (
    <Container
      header={
        <Header variant="h2" description="A check-in that comes too soon is refused; it counts in no rule.">
          Checking in again
        </Header>
      }
    >
      <Sentence of={['check_in.cooldown_minutes']} hint="0 is no wait at all.">
        A member waits <Whole path="check_in.cooldown_minutes" /> minutes before checking in again, anywhere
        in the program.
      </Sentence>
    </Container>
  );
}

export function ContactUs() {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What a blocked or suspended member is shown, so that they can ask you. Give at least one."
        >
          Contact us
        </Header>
      }
    >
      <ColumnLayout columns={3}>
        <Line path="contact_us.phone" label="Phone" placeholder="+1 555 010 0100" />
        <Line path="contact_us.email" label="E-mail" placeholder="help@example.com" />
        <Line path="contact_us.url" label="Link" placeholder="https://example.com/contact" />
      </ColumnLayout>
    </Container>
  );
}

export function LoginGate() {
  return (
    <Container header={<Header variant="h2">When Redflag cannot be asked</Header>}>
      <Switch path="gate.fail_open">
        If the login gate cannot reach its data, members are let in, blocked ones too. Off, nobody is let in
        until it can, and nobody is told that they are blocked.
      </Switch>
    </Container>
  );
}

export function Retention() {
  return (
    <Container
      header={
        <Header variant="h2" description="Flags keep their own evidence, however old.">
          How long attempts are kept
        </Header>
      }
    >
      <Sentence
        of={['retention.history_days']}
        hint="Attempts that are kept already keep the date they were given."
      >
        Attempts to check in are deleted after <Whole path="retention.history_days" /> days.
      </Sentence>
    </Container>
  );
}
