import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import type { Permission } from '@/auth/role';
import { PAGES, type Page } from '@/pages';
import { Loading } from '@/shared/Loading';
import { NotFound, PageFailed } from './failures';
import type { Handle } from './handle';
import { Shell } from './Shell';

/** The routes of the pages that somebody may see; an address that is none of these says so. */
export function newRouter(may: (permission: Permission) => boolean) {
  const pages = PAGES.filter((page) => may(page.needs));
  const first = pages.find((page) => page.group)?.path ?? '/';
  return createBrowserRouter([
    {
      element: <Shell pages={pages} />,
      children: [
        ...(first === '/' ? [] : [{ path: '/', element: <Navigate to={first} replace /> }]),
        ...pages.map(routeOf),
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}

function routeOf(page: Page): RouteObject {
  return {
    path: page.path,
    handle: { page } satisfies Handle,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading what="the page" />,
    lazy: async () => ({ Component: (await page.load()).default }),
  };
}
