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
  {
    path: '/reports/red-flags',
    title: 'Red flag report',
    needs: 'read',
    group: 'Review',
    load: () => import('./report'),
  },
  {
    path: '/audit',
    title: 'Audit log',
    needs: 'read_audit',
    group: 'Settings',
    load: () => import('./audit'),
  },
  {
    path: '/platform/programs',
    title: 'Programs',
    needs: 'support_platform',
    group: 'Platform',
    load: () => import('./platform/programs'),
  },
  {
    path: '/platform/blocks',
    title: 'Blocked numbers',
    needs: 'support_platform',
    group: 'Platform',
    load: () => import('./platform/blocks'),
  },
  {
    path: '/settings/red-flags',
    title: 'Red flags',
    needs: 'read',
    group: 'Settings',
    load: () => import('./red-flags'),
  },
  {
    path: '/settings/red-flags/history',
    title: 'Version history',
    needs: 'read',
    under: '/settings/red-flags',
    load: () => import('./red-flags-history'),
  },
  {
    path: '/settings/notifications',
    title: 'Notifications',
    needs: 'read',
    group: 'Settings',
    load: () => import('./notifications'),
  },
  {
    path: '/settings/locations',
    title: 'Locations',
    needs: 'read',
    group: 'Settings',
    load: () => import('./locations'),
  },
  {
    path: '/settings/locations/new',
    title: 'New location',
    needs: 'configure',
    under: '/settings/locations',
    load: () => import('./location/new'),
  },
  {
    path: '/settings/locations/:locationId',
    title: 'Location',
    needs: 'read',
    under: '/settings/locations',
    load: () => import('./location'),
  },
  {
    path: '/settings/staff',
    title: 'Staff',
    needs: 'manage_principals',
    group: 'Settings',
    load: () => import('./staff'),
  },
  {
    path: '/settings/app-clients',
    title: 'App clients',
    needs: 'manage_principals',
    group: 'Settings',
    load: () => import('./app-clients'),
  },
];
