import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';

/** A link to a page of the console that leaves this one as it is, with what is unsaved on it. */
export function NewTabLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    // Ours opens ours: so the new tab gets this one's session, and asks nobody to sign in.
    <Link href={href} target="_blank" rel="opener" external externalIconAriaLabel="(opens in a new tab)">
      {children}
    </Link>
  );
}
