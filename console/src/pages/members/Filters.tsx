import PropertyFilter from '@cloudscape-design/components/property-filter';
import { useNotify } from '@/shared/notify';
import { optionsWith, propertiesWith, tokensOf, unknownIn, valuesOf, type MemberValues } from './query';

interface Props {
  filters: MemberValues;
  /** Whether the program hides flags on the page: then nobody is filtered by them. */
  hidden: boolean;
  onChange: (filters: MemberValues) => void;
  /** How many match; undefined while it is not known. */
  count: string | undefined;
}

/** What the list of members can be narrowed down by; what is typed is searched for. */
export function Filters({ filters, hidden, onChange, count }: Props) {
  const notify = useNotify();
  return (
    <PropertyFilter
      hideOperations
      filteringAriaLabel="Find members"
      filteringPlaceholder="Name, phone number, your own id, or a filter"
      filteringProperties={propertiesWith({ flags: !hidden })}
      filteringOptions={optionsWith({ flags: !hidden })}
      freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
      filteringEmpty="No such filter"
      countText={count ?? ''}
      loading={count === undefined}
      query={{ operation: 'and', tokens: tokensOf(filters) }}
      onChange={({ detail }) => {
        const unknown = unknownIn(detail.tokens);
        if (unknown !== null) {
          notify({
            type: 'info',
            header: `There is no “${unknown}”`,
            content: 'Choose one of the values that are offered.',
          });
        }
        onChange(valuesOf(detail.tokens, filters));
      }}
    />
  );
}
