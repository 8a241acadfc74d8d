import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Summary } from '@/api/summary';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { Indicator } from '@/shared/Indicator';
import { useNarrow } from '@/shared/narrow';
import { settingsOf } from '@/shared/places';
import { inWords, RULES } from '@/shared/words';
import { genuineShare, isNoisy, noisiestFirst } from './numbers';

type Line = ReturnType<typeof noisiestFirst>[number];

const COLUMNS: TableProps.ColumnDefinition<Line>[] = [
  {
    id: 'rule',
    header: 'Rule',
    isRowHeader: true,
    minWidth: 120,
    cell: ({ rule }) =>
      rule === 'manual' ? (
        inWords(RULES, rule)
      ) : (
        <AppLink href={settingsOf(rule)}>{inWords(RULES, rule)}</AppLink>
      ),
  },
  { id: 'raised', header: 'Flags', cell: ({ raised }) => raised.toLocaleString() },
  {
    id: 'open',
    header: 'Open',
    cell: ({ rule, open }) =>
      open === 0 ? (
        '0'
      ) : (
        <AppLink href={`/queue?rule=${rule}`} ariaLabel={`${open} open: ${inWords(RULES, rule)}`}>
          {open.toLocaleString()}
        </AppLink>
      ),
  },
  { id: 'genuine', header: 'Genuine', cell: (line) => <Genuine line={line} /> },
  { id: 'confirmed', header: 'Confirmed', cell: ({ confirmed_share }) => percent(confirmed_share) },
];

const WIDE = ['rule', 'raised', 'open', 'genuine', 'confirmed'];
const NARROW = ['rule', 'open', 'genuine'];

/** What each rule's flags turned out to be: the rules whose flags are mostly genuine come first. */
export function Rules({ precision }: { precision: Summary['precision'] }) {
  const narrow = useNarrow();
  return (
    <Table
      wrapLines
      contentDensity="compact"
      header={
        <Header description="The share of decisions that found the check-ins genuine. A rule with many may need wider limits.">
          Noisy rules
        </Header>
      }
      ariaLabels={{ tableLabel: 'Noisy rules' }}
      items={noisiestFirst(precision)}
      columnDefinitions={COLUMNS}
      columnDisplay={(narrow ? NARROW : WIDE).map((id) => ({ id, visible: true }))}
      empty={<Empty title="No rule has raised a flag in these days">There is nothing to adjust.</Empty>}
    />
  );
}

function Genuine({ line }: { line: Line }) {
  const share = percent(genuineShare(line));
  return isNoisy(line) ? <Indicator type="warning">{share}</Indicator> : <>{share}</>;
}

function percent(share: number | null): string {
  return share === null ? '–' : share.toLocaleString(undefined, { style: 'percent' });
}
