import Cards from '@cloudscape-design/components/cards';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { RedFlag } from '@/api/reports';
import { useNarrow } from '@/shared/narrow';
import { cardsCalled, sectionsOf } from '@/shared/sections';
import { columns } from './columns';

interface Props {
  items: RedFlag[];
  loading: boolean;
  header: ReactNode;
  filter: ReactNode;
  pagination: ReactNode;
  empty: ReactNode;
}

/** The rows of the report: a table, or on a phone a card for each. */
export function Rows(props: Props) {
  const narrow = useNarrow();
  if (narrow) return <Narrow {...props} />;
  return (
    <Table
      {...props}
      variant="full-page"
      stickyHeader
      wrapLines
      trackBy="flag_id"
      columnDefinitions={columns}
      loadingText="Loading the report"
      ariaLabels={{ tableLabel: 'Red flags' }}
    />
  );
}

function Narrow(props: Props) {
  const [member, ...others] = columns;
  return (
    <Cards
      {...props}
      trackBy="flag_id"
      loadingText="Loading the report"
      ariaLabels={cardsCalled('Red flags')}
      cardDefinition={{
        header: (row) => member?.cell(row),
        sections: sectionsOf(others),
      }}
    />
  );
}
