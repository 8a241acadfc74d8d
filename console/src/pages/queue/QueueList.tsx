import Button from '@cloudscape-design/components/button';
import { useDeferredValue, type ReactNode } from 'react';
import type { QueuedFlag } from '@/api/flags';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import type { List } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import type { ListView } from '@/shared/list/useListView';
import { useNow } from '@/shared/now';
import { columnsAt, NARROW, WIDE } from './columns';

interface Props {
  list: List<QueuedFlag>;
  view: ListView;
  selected: QueuedFlag | undefined;
  /** The line under the title. */
  line: ReactNode;
  filter: ReactNode;
  onSelect: (flag: QueuedFlag) => void;
  onHelp: () => void;
}

/** The queue as a list: a row for each flag, with everything that explains it. */
export function QueueList({ list, view, selected, line, filter, onSelect, onHelp }: Props) {
  const { items } = list;
  const made = useDeferredValue(items);
  const now = useNow();
  // Rows are made bit by bit: until the first are there, the list is still loading.
  const shown = made?.length === 0 && items !== undefined && items.length > 0 ? undefined : made;
  return (
    <ListPage
      title="Review queue"
      description={line}
      actions={<Button onClick={onHelp}>Shortcuts</Button>}
      list={{ ...list, items: shown, error: shown === items ? list.error : null }}
      view={view}
      filter={filter}
      failed="Flags could not be loaded"
      empty={
        <Empty title="The queue is empty" action={<AppLink href="/overview">See the overview</AppLink>}>
          New flags appear here by themselves.
        </Empty>
      }
      unmatched={{ title: 'No flag matches', hint: 'There may be others in the queue.' }}
      trackBy="flag_id"
      columns={columnsAt(now)}
      wide={WIDE}
      narrow={NARROW}
      table={{
        contentDensity: 'compact',
        selectionType: 'single',
        selectedItems: selected ? [selected] : [],
        onSelectionChange: ({ detail }) => {
          const [chosen] = detail.selectedItems;
          if (chosen) onSelect(chosen);
        },
        onRowClick: ({ detail }) => {
          onSelect(detail.item);
        },
        ariaLabels: {
          tableLabel: 'Review queue',
          selectionGroupLabel: 'Select a flag',
          itemSelectionLabel: (_, flag) => `${flag.member_name ?? 'No name'}: ${flag.evidence.sentence}`,
        },
      }}
    />
  );
}
