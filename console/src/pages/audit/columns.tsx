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
  {
    id: 'number',
    header: 'Number and hash',
    isRowHeader: true,
    minWidth: 130,
    cell: (entry) => <Place entry={entry} />,
  },
  { id: 'at', header: 'When', minWidth: 160, cell: ({ at }) => <Instant at={at} detail="precise" /> },
  { id: 'by', header: 'Who', minWidth: 110, cell: ({ by }) => <Who id={by} /> },
  { id: 'action', header: 'Action', minWidth: 140, cell: ({ action }) => inWords(ACTIONS, action) },
  { id: 'subject', header: 'About', minWidth: 150, cell: ({ subject }) => <About id={subject} /> },
  { id: 'reason', header: 'Reason', minWidth: 140, cell: ({ reason }) => reason ?? '–' },
  { id: 'changes', header: 'Changes', minWidth: 240, cell: (entry) => <Changes entry={entry} /> },
];

/** An entry's place in the chain; number and hash together are what proves it later. */
function Place({ entry: { number, hash } }: { entry: Entry }) {
  return (
    <>
      {number}
      <br />
      <CopyToClipboard
        variant="inline"
        textToDisplay={`${hash.slice(0, SHORT)}…`}
        textToCopy={`${number}:${hash}`}
        copyButtonAriaLabel={`Copy number and hash of entry ${number}`}
        copySuccessText="Number and hash copied"
        copyErrorText="Copying failed"
      />
    </>
  );
}
