import type { ComponentType } from 'react';
import type { Permission } from '@/auth/role';

/** A page: where it is, what it is called, who may see it, and its code, loaded when it is opened. */
export interface Page {
  path: string;
  title: string;
  needs: Permission;
  /** The group in the side navigation; a page without one is reached from another page. */
  group?: 'Review' | 'Settings' | 'Platform';
  /** The path of the page above, for breadcrumbs. */
  under?: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** All pages, in the order of the side navigation. The first that somebody may see is where they start. */
export const PAGES: Page[] = [
  { path: '/queue', title: 'Review queue', needs: 'read', group: 'Review', load: () => import('./queue') },
  { path: '/overview', title: 'Overview', needs: 'read', group: 'Review', load: () => import('./overview') },
  { path: '/members', title: 'Members', needs: 'read', group: 'Review', load: () => import('./members') },
  {
    path: '/members/:memberId',
    title: 'Member',
    needs: 'read',
    under: '/members',
    load: () => import('./member'),
  },
];
