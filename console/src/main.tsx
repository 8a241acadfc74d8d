import '@cloudscape-design/global-styles/index.css';
import './layout.css';
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { newApi } from '@/api/client';
import { hasSignedOut, oidcSession } from '@/auth/oidc';
import { SIGNED_IN } from '@/auth/session';
import { loadConfig } from '@/config';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { startTheme } from '@/shared/theme';
import { Refused } from '@/api/problem';
import { App } from '@/shell/App';
import { SignInPage } from '@/shell/SignInPage';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');
const root = createRoot(element);

function show(content: ReactNode): void {
  root.render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        {content}
      </I18nProvider>
    </StrictMode>,
  );
}

async function start(): Promise<void> {
  const config = await loadConfig();
  const { pathname, search, hash } = window.location;
  if (pathname === '/app' || pathname.startsWith('/app/')) {
    const { MembersPages } = await import('@/pages/app');
    show(<MembersPages config={config} />);
    return;
  }
  const session = oidcSession(config.staff);
  const signInPage = (failed: boolean, returnTo: string) => {
    show(<SignInPage failed={failed} onSignIn={() => void session.signIn(returnTo)} />);
  };
  if (pathname === SIGNED_IN) {
    const startAt = await session.finishSignIn().catch(() => null);
    if (startAt === null) {
      signInPage(true, '/');
      return;
    }
    window.history.replaceState(null, '', startAt);
  }
  if ((await session.token()) === null) {
    if (hasSignedOut()) signInPage(false, '/');
    else await session.signIn(`${pathname}${search}${hash}`);
    return;
  }
  show(<App services={{ config, session, api: newApi(config.api_url, session) }} />);
}

startTheme();
start().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : 'Load the page again.';
  show(<ProblemAlert error={new Refused(sentence, {})} title="The console cannot start" />);
});
