import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { use, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { ContactUs } from './ContactUs';
import { useMemberApp } from './context';
import { withCountryCode } from './phones';
import { signInRefusal } from './refusals';
import type { ByIssuer, ByPassword } from './session';
import { useTitle } from './title';

const HOME = '/app';

/** Where members sign in. A blocked member sees how to contact the shop. */
export default function SignIn() {
  useTitle('Sign in');
  const session = use(useMemberApp().session());
  const asked = (useLocation().state as { to?: string } | null)?.to ?? HOME;
  if (session.by === 'password') return <Form session={session} goOn={asked} />;
  if (session.phone() !== null) return <Navigate to={session.returnTo ?? asked} replace />;
  return <Issuer session={session} goOn={asked} />;
}

/** By phone number and password. */
function Form({ session, goOn }: { session: ByPassword; goOn: string }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const phone = withCountryCode(typed);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (number: string) => session.enter(number, password),
    onSuccess: () => navigate(goOn, { replace: true }),
  });
  const enter = () => {
    const complete = phone !== null && password !== '';
    setMissing(!complete);
    if (complete) mutate(phone);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <Container header={<Header variant="h1">Sign in</Header>}>
        <SpaceBetween size="l">
          <Refusal error={error} />
          <FormField
            label="Phone number"
            description="With its country code, such as +1 202 555 0123."
            errorText={missing && phone === null ? 'Start with + and the country code.' : undefined}
          >
            <Input
              inputMode="tel"
              autoComplete="username"
              value={typed}
              onChange={({ detail }) => {
                setTyped(detail.value);
              }}
            />
          </FormField>
          <FormField
            label="Password"
            errorText={missing && password === '' ? 'Type your password.' : undefined}
          >
            <Input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={({ detail }) => {
                setPassword(detail.value);
              }}
            />
          </FormField>
          <Button variant="primary" fullWidth loading={isPending} formAction="submit">
            Sign in
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}

/** At the pages of an issuer. */
function Issuer({ session, goOn }: { session: ByIssuer; goOn: string }) {
  const { pool } = useMemberApp();
  const { mutate, isPending, error } = useMutation({ mutationFn: () => session.leave(goOn) });
  return (
    <Container header={<Header variant="h1">Sign in</Header>}>
      <SpaceBetween size="l">
        <Refusal error={error ?? session.refused} />
        <Box>You sign in on a page of {new URL(pool.issuer).host}, and come back here.</Box>
        <Button
          variant="primary"
          fullWidth
          loading={isPending}
          onClick={() => {
            mutate();
          }}
        >
          Sign in
        </Button>
      </SpaceBetween>
    </Container>
  );
}

function Refusal({ error }: { error: unknown }) {
  if (!error) return null;
  const { blocked, sentence } = signInRefusal(error);
  return (
    <div role="alert">
      <Alert type={blocked ? 'error' : 'warning'}>
        <SpaceBetween size="s">
          <div>{sentence}</div>
          {blocked && <ContactUs />}
        </SpaceBetween>
      </Alert>
    </div>
  );
}
