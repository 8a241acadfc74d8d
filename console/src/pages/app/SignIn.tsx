import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ContactUs } from './ContactUs';
import { useSample } from './context';
import { withCountryCode } from './phones';
import { signInRefusal, type SignInRefusal } from './refusals';
import { useTitle } from './title';

/** Where members sign in: by phone number and password. A blocked member is told whom to contact. */
export default function SignIn() {
  useTitle('Sign in');
  const { session } = useSample();
  const navigate = useNavigate();
  const asked = useLocation().state as { to?: string } | null;
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const phone = withCountryCode(typed);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (number: string) => session.enter(number, password),
    onSuccess: () => navigate(asked?.to ?? '/app', { replace: true }),
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
          {error && <Refusal {...signInRefusal(error)} />}
          <FormField
            label="Phone number"
            description="With its country code, such as +1 202 555 0123."
            errorText={missing && phone === null ? 'Begin with + and the country code.' : undefined}
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
          <Box variant="small">
            A sample for app builders: it asks the pool by password. An app of your own does better with SRP
            or the pool’s own pages, and keeps tokens where other pages cannot read them.
          </Box>
        </SpaceBetween>
      </Container>
    </form>
  );
}

function Refusal({ blocked, sentence }: SignInRefusal) {
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
