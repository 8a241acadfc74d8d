import type { Page } from '@/pages';

/** What a route says of its page to the shell around it. */
export interface Handle {
  page: Page;
}
