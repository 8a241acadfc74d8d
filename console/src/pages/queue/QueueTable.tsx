import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useDeferredValue, type ReactNode } from 'react';
import type { QueuedFlag } from '@/api/flags';
import { CursorPages } from '@/shared/CursorPages';
import { useNarrow } from '@/shared/narrow';
import { useNow } from '@/shared/now';
import { columnsAt, NARROW, WIDE } from './columns';

interface Props {
  flags: QueuedFlag[];
  next: string | null;
  loading: boolean;
  refreshing: boolean;
  selected: QueuedFlag | undefined;
  /** The line under the title. */
  line: ReactNode;
  filter: ReactNode;
  empty: ReactNode;
  onSelect: (flag: QueuedFlag) => void;
  onRefresh: () => void;
  onHelp: () => void;
}

/** The queue as a table, a row a flag with all that tells why. */
export function QueueTable(props: Props) {
  const { flags, next, selected, onSelect } = props;
  const shown = useDeferredValue(flags);
  const narrow = useNarrow();
  const now = useNow();
  return (
    <Table
      variant={narrow ? 'borderless' : 'full-page'}
      stickyHeader={!narrow}
      wrapLines
      contentDensity="compact"
      trackBy="flag_id"
      selectionType="single"
      selectedItems={selected ? [selected] : []}
      onSelectionChange={({ detail }) => {
        const [chosen] = detail.selectedItems;
        if (chosen) onSelect(chosen);
      }}
      onRowClick={({ detail }) => {
        onSelect(detail.item);
      }}
      items={shown}
      columnDefinitions={columnsAt(now)}
      columnDisplay={(narrow ? NARROW : WIDE).map((id) => ({ id, visible: true }))}
      loading={props.loading || (shown.length === 0 && flags.length > 0)}
      loadingText="Loading flags"
      header={
        <Header variant="awsui-h1-sticky" description={props.line} actions={<Actions {...props} />}>
          Review queue
        </Header>
      }
      filter={props.filter}
      pagination={<CursorPages next={next} />}
      empty={props.empty}
      ariaLabels={{
        tableLabel: 'Review queue',
        selectionGroupLabel: 'Select a flag',
        itemSelectionLabel: (_, flag) => `${flag.member_name ?? 'No name'}: ${flag.evidence.sentence}`,
      }}
    />
  );
}

function Actions({ refreshing, onRefresh, onHelp }: Props) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={onHelp}>Keys</Button>
      <Button iconName="refresh" ariaLabel="Load again" loading={refreshing} onClick={onRefresh} />
    </SpaceBetween>
  );
}
