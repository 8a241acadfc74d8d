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
import { SampleContext, type Sample } from './context';
import { memberSession } from './session';
import { Shell } from './Shell';

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1 } } });

/** What members see: a sample for whoever builds an app, and the kiosk of a small shop. */
export function MembersPages({ config }: { config: Config }) {
  const [sample] = useState(() => sampleOf(config));
  const [router] = useState(newRouter);
  if (sample === null) {
    return (
      <Empty title="There are no pages for members here">
        Name a program and its locations under “app” in config.json.
      </Empty>
    );
  }
  return (
    <SampleContext value={sample}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </SampleContext>
  );
}

function sampleOf(config: Config): Sample | null {
  const { program_id: programId, locations: places } = config.app;
  if (!programId) return null;
  const session = memberSession(config.app);
  return { config, programId, places, session, api: newApi(config.api_url, session) };
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
