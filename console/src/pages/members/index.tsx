import Button from '@cloudscape-design/components/button';
import { useMembers } from '@/api/members';
import { CursorPages, useCursor } from '@/shared/CursorPages';
import { Empty } from '@/shared/Empty';
import { isFiltered, useFilters } from '@/shared/filters';
import { ListFailed } from '@/shared/ListFailed';
import { NothingListed } from '@/shared/NothingListed';
import { PageTable } from '@/shared/PageTable';
import { columns, NARROW } from './columns';
import { Filters } from './Filters';
import { asked, countInWords, NO_FILTERS } from './asked';

/** The members of the program: looked for, filtered, page by page. */
export default function Members() {
  const [filters, change] = useFilters(NO_FILTERS);
  const cursor = useCursor();
  const { data, error, isFetching, isPlaceholderData, refetch } = useMembers(asked(filters, cursor));
  const next = data?.next_cursor ?? null;
  const clear = () => {
    change(NO_FILTERS);
  };

  if (error) {
    return (
      <ListFailed
        error={error}
        title="Members could not be loaded"
        onRetry={() => void refetch()}
        onClear={clear}
      />
    );
  }
  return (
    <PageTable
      title="Members"
      actions={
        <Button
          iconName="refresh"
          ariaLabel="Load again"
          loading={isFetching}
          onClick={() => void refetch()}
        />
      }
      filter={
        <Filters
          filters={filters}
          onChange={change}
          count={
            data && !isPlaceholderData
              ? countInWords(data.items.length, cursor === undefined && next === null)
              : undefined
          }
        />
      }
      items={data?.items}
      trackBy="member_id"
      columns={columns}
      narrow={NARROW}
      pagination={<CursorPages next={next} />}
      empty={
        <NothingListed
          further={next !== null}
          filtered={isFiltered(filters, NO_FILTERS)}
          soFar="Nobody among the members looked at so far"
          unmatched="No member matches"
          hint="A phone number and your own id must be whole; of a name, a part is enough."
          onClear={clear}
        >
          <Empty title="There are no members yet">
            Members appear when the app, a kiosk or your own system enrols them.
          </Empty>
        </NothingListed>
      }
    />
  );
}
