import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useCallback, useEffect, useState } from 'react';
import { Outlet, ScrollRestoration, useMatches, useNavigate } from 'react-router';
import { useRole } from '@/auth/role';
import type { Page } from '@/pages';
import { NotifyContext, type Notice } from '@/shared/notify';
import { useNarrow } from '@/shared/narrow';
import { PanelContext, usePanelSlot } from '@/shared/panel';
import { TitleContext } from '@/shared/title';
import type { Handle } from './handle';
import { Deferred } from './Deferred';
import { Navigation } from './Navigation';
import { Top } from './Top';

/** What surrounds every page. */
export function Shell({ pages }: { pages: Page[] }) {
  const { me } = useRole();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const [title, setTitle] = useState<string | null>(null);
  const [open, setOpen] = useState(!narrow);
  const [notices, notify] = useNotices();
  const { panels, layout } = usePanelSlot();
  const page = (useMatches().at(-1)?.handle as Handle | undefined)?.page;
  const name = title ?? page?.title ?? 'Not found';
  const above = pages.find(({ path }) => path === page?.under);

  useEffect(() => {
    document.title = `${name} – Redflag`;
  }, [name]);

  return (
    <NotifyContext value={notify}>
      <TitleContext value={setTitle}>
        <Top />
        <Deferred>
          <AppLayoutToolbar
            headerSelector="#top"
            toolsHide
            {...layout}
            navigationOpen={open}
            onNavigationChange={({ detail }) => {
              setOpen(detail.open);
            }}
            navigation={
              <Navigation
                pages={pages}
                onGone={() => {
                  if (narrow) setOpen(false);
                }}
              />
            }
            breadcrumbs={
              <BreadcrumbGroup
                items={[
                  { text: me.program_name ?? 'Platform', href: '/' },
                  ...(above ? [{ text: above.title, href: above.path }] : []),
                  { text: name, href: '#' },
                ]}
                onFollow={(event) => {
                  event.preventDefault();
                  if (event.detail.href !== '#') void navigate(event.detail.href);
                }}
              />
            }
            notifications={<Flashbar items={notices} stackItems />}
            content={
              <>
                <PanelContext value={panels}>
                  <Deferred>
                    <Outlet />
                  </Deferred>
                </PanelContext>
                <ScrollRestoration />
              </>
            }
          />
        </Deferred>
      </TitleContext>
    </NotifyContext>
  );
}

function useNotices(): [FlashbarProps.MessageDefinition[], (notice: Notice) => void] {
  const [notices, setNotices] = useState<FlashbarProps.MessageDefinition[]>([]);
  const notify = useCallback((notice: Notice) => {
    const id = crypto.randomUUID();
    const onDismiss = () => {
      setNotices((before) => before.filter((each) => each.id !== id));
    };
    setNotices((before) => [
      { ...notice, id, dismissible: true, dismissLabel: 'Dismiss', onDismiss },
      ...before,
    ]);
  }, []);
  return [notices, notify];
}
