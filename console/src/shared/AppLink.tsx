import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';

/** A link to another page of the console, without loading it anew. */
export function AppLink({ href, ...rest }: LinkProps & { href: string }) {
  const navigate = useNavigate();
  return (
    <Link
      {...rest}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        // At once, so that the page that is left knows it is: see `useFilters`.
        void navigate(href, { flushSync: true });
      }}
    />
  );
}
