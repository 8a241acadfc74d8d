import { useLocation } from 'react-router';
import { AppLink } from '../AppLink';

/** Leads to the first page of a list, with the same filters. */
export function FirstPageLink() {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.delete('cursor');
  const rest = params.toString();
  return <AppLink href={rest === '' ? pathname : `${pathname}?${rest}`}>Back to the first page</AppLink>;
}
