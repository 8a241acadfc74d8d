import Pagination from '@cloudscape-design/components/pagination';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

interface Trail {
  /** The cursors of the pages before this one; the first page has none. */
  trail?: string[];
}

/** The pages of a list by cursor. Each is an address of its own, so the back button leads to the one before. */
export function CursorPages({ next }: { next: string | null }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const current = params.get('cursor') ?? '';
  const trail = (useLocation().state as Trail | null)?.trail ?? (current === '' ? [] : ['']);
  const cursors = [...trail, current, ...(next === null ? [] : [next])];

  const open = (index: number) => {
    const wanted = new URLSearchParams(params);
    const cursor = cursors[index] ?? '';
    if (cursor === '') wanted.delete('cursor');
    else wanted.set('cursor', cursor);
    void navigate({ search: wanted.toString() }, { state: { trail: cursors.slice(0, index) } });
  };

  return (
    <Pagination
      currentPageIndex={trail.length + 1}
      pagesCount={cursors.length}
      onChange={({ detail }) => {
        open(detail.currentPageIndex - 1);
      }}
    />
  );
}
