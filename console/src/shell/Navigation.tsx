import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useLocation, useNavigate } from 'react-router';
import type { Page } from '@/pages';

/** The pages that somebody may see, by group. */
export function Navigation({ pages, onGone }: { pages: Page[]; onGone: () => void }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const listed = pages.filter(({ group }) => group !== undefined);
  const here = listed.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  return (
    <SideNavigation
      activeHref={here?.path ?? pathname}
      items={sections(listed)}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(event.detail.href, { flushSync: true });
        onGone();
      }}
    />
  );
}

function sections(pages: Page[]): SideNavigationProps.Item[] {
  return [...Map.groupBy(pages, ({ group }) => group ?? '')].map(([text, inside]) => ({
    type: 'section-group',
    title: text,
    items: inside.map(({ title, path }) => ({ type: 'link', text: title, href: path })),
  }));
}
