import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { Loading } from '@/shared/Loading';
import { useDarkMode } from '@/shared/theme';
import { useMemberApp } from './context';

/** What surrounds the member's pages: nothing of the console's, and on a kiosk nothing at all. */
export function Shell() {
  const { pathname } = useLocation();
  return (
    <>
      {pathname !== '/app/kiosk' && <Top signedIn={pathname === '/app'} />}
      <main className="app-page">
        <Suspense fallback={<Loading what="the page" />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}

function Top({ signedIn }: { signedIn: boolean }) {
  const { session } = useMemberApp();
  const [dark, toggle] = useDarkMode();
  const navigate = useNavigate();
  const leave = async () => {
    await (await session()).signOut();
    await navigate('/app/sign-in');
  };
  return (
    <header className="app-top">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={toggle}>
          {dark ? 'Light mode' : 'Dark mode'}
        </Button>
        {signedIn && (
          <Button variant="link" onClick={leave}>
            Sign out
          </Button>
        )}
      </SpaceBetween>
    </header>
  );
}
