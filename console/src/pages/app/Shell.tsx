import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useDarkMode } from '@/shared/theme';
import { useSample } from './context';

/** What surrounds the member's pages: nothing of the console's. */
export function Shell() {
  const { session } = useSample();
  const [dark, toggle] = useDarkMode();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const leave = async () => {
    await session.signOut();
    await navigate('/app/sign-in');
  };
  return (
    <>
      <header className="app-top">
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={toggle}>
            {dark ? 'Light mode' : 'Dark mode'}
          </Button>
          {pathname === '/app' && (
            <Button variant="link" onClick={leave}>
              Sign out
            </Button>
          )}
        </SpaceBetween>
      </header>
      <main className="app-page">
        <Outlet />
      </main>
    </>
  );
}
