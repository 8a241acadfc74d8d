import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Entry } from '@/api/audit';
import { Instant } from '@/shared/Instant';
import { inWords } from '@/shared/words';
import { Changes } from './Changes';
import { About, Who } from './Who';
import { ACTIONS } from './words';

const SHORT = 8;

export const columns: TableProps.ColumnDefinition<Entry>[] = [
  { id: 'number', header: 'Number', isRowHeader: true, minWidth: 75, cell: ({ number }) => number },
  { id: 'at', header: 'When', minWidth: 145, cell: ({ at }) => <Instant at={at} detail="precise" /> },
  { id: 'by', header: 'Who', minWidth: 80, cell: ({ by }) => <Who id={by} /> },
  { id: 'action', header: 'What', minWidth: 120, cell: ({ action }) => inWords(ACTIONS, action) },
  { id: 'subject', header: 'About', minWidth: 150, cell: ({ subject }) => <About id={subject} /> },
  { id: 'reason', header: 'Why', minWidth: 140, cell: ({ reason }) => reason ?? '–' },
  { id: 'changes', header: 'What changed', minWidth: 210, cell: (entry) => <Changes entry={entry} /> },
  {
    id: 'hash',
    header: 'Hash',
    minWidth: 110,
    cell: ({ number, hash }) => (
      <CopyToClipboard
        variant="inline"
        textToDisplay={`${hash.slice(0, SHORT)}…`}
        textToCopy={`${number}:${hash}`}
        copyButtonAriaLabel={`Copy number and hash of entry ${number}`}
        copySuccessText="Number and hash are copied"
        copyErrorText="It could not be copied"
      />
    ),
  },
];
