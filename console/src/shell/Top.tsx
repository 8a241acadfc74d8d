import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useNavigate } from 'react-router';
import { useServices } from '@/api/context';
import { useRole } from '@/auth/role';
import { useDarkMode } from '@/shared/theme';

const ROLES: Record<string, string> = {
  viewer: 'Viewer',
  staff: 'Staff',
  manager: 'Manager',
  owner: 'Owner',
  support: 'Platform support',
};

/** The bar above everything: the program, whoever is signed in, light or dark, and the way out. */
export function Top() {
  const { session } = useServices();
  const { me } = useRole();
  const [dark, toggle] = useDarkMode();
  const navigate = useNavigate();
  return (
    <div id="top">
      <TopNavigation
        identity={{
          title: me.program_name ?? 'Redflag platform',
          href: '/',
          onFollow: (event) => {
            event.preventDefault();
            void navigate('/');
          },
        }}
        utilities={[
          {
            type: 'button',
            text: dark ? 'Light mode' : 'Dark mode',
            onClick: toggle,
          },
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: me.name || (me.email ?? 'Signed in'),
            description: [me.email, ROLES[me.role] ?? me.role].filter(Boolean).join(' · '),
            items: [{ id: 'sign-out', text: 'Sign out' }],
            onItemClick: () => void session.signOut(),
          },
        ]}
      />
    </div>
  );
}
