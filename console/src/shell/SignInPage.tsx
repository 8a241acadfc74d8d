import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface Props {
  failed: boolean;
  onSignIn: () => void;
}

/** Where one is after signing out, or when signing in has failed. */
export function SignInPage({ failed, onSignIn }: Props) {
  return (
    <main className="alone">
      <Container>
        <SpaceBetween size="l">
          <Box variant="h1">Redflag</Box>
          {failed ? (
            <Alert type="warning">
              Signing in failed: the sign-in page was open for too long, or was opened twice.
            </Alert>
          ) : (
            <Box>You are signed out.</Box>
          )}
          <Button variant="primary" fullWidth onClick={onSignIn}>
            Sign in
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  );
}
