import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { useState, type ComponentType } from 'react';
import { newApi } from '@/api/client';
import type { Config } from '@/config';
import { Empty } from '@/shared/Empty';
import { Loading } from '@/shared/Loading';
import { PageFailed } from '@/shell/failures';
import './app.css';
import { MemberAppContext, type MemberApp } from './context';
import { programOf } from './program';
import { openSession } from './open-session';
import type { MemberSession } from './session';
import { Shell } from './Shell';

// A device that is offline is told so at once, instead of waiting until it is not.
const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

/** What members see: a sample app for developers, and the kiosk of a small shop. */
export function MembersPages({ config }: { config: Config }) {
  const [app] = useState(() => memberAppOf(config));
  const [router] = useState(newRouter);
  if (app === null) {
    return (
      <Empty title="There are no pages for members here">
        Name a program in the address, as in /app?program=p_…, or deploy the console with one.
      </Empty>
    );
  }
  return (
    <MemberAppContext value={app}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MemberAppContext>
  );
}

function memberAppOf(config: Config): MemberApp | null {
  const program = programOf(config.app, window.location.search, window.sessionStorage);
  if (program === null) return null;
  const { programId, clientId } = program;
  const pool = { ...config.app, client_id: clientId };
  const api = newApi(config.api_url, { token: () => Promise.resolve(null) });
  let session: Promise<MemberSession> | null = null;
  return { config, programId, pool, api, session: () => (session ??= openSession(pool)) };
}

function newRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      children: [
        page('/app', () => import('./CheckIn')),
        page('/app/sign-in', () => import('./SignIn')),
        page('/app/kiosk', () => import('./kiosk')),
        {
          path: '*',
          element: <Empty title="There is no such page">The member’s pages begin at /app.</Empty>,
        },
      ],
    },
  ]);
}

function page(path: string, load: () => Promise<{ default: ComponentType }>): RouteObject {
  return {
    path,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading what="the page" />,
    lazy: async () => ({ Component: (await load()).default }),
  };
}
