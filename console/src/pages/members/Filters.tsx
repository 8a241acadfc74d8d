import PropertyFilter from '@cloudscape-design/components/property-filter';
import { useNotify } from '@/shared/notify';
import { OPTIONS, PROPERTIES, strayIn, tokensOf, valuesOf, type Values } from './asked';

interface Props {
  filters: Values;
  onChange: (filters: Values) => void;
  /** How many match; undefined while it is not known. */
  count: string | undefined;
}

/** What the list of members can be narrowed down by; what is typed is looked for. */
export function Filters({ filters, onChange, count }: Props) {
  const notify = useNotify();
  return (
    <PropertyFilter
      hideOperations
      filteringAriaLabel="Find members"
      filteringPlaceholder="Name, phone number, your own id, or a filter"
      filteringProperties={PROPERTIES}
      filteringOptions={OPTIONS}
      freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
      filteringEmpty="No such filter"
      countText={count ?? ''}
      loading={count === undefined}
      query={{ operation: 'and', tokens: tokensOf(filters) }}
      onChange={({ detail }) => {
        const stray = strayIn(detail.tokens);
        if (stray !== null) {
          notify({
            type: 'info',
            header: `There is no “${stray}”`,
            content: 'Choose one of the values that are offered.',
          });
        }
        // An address may hold a stray too: it must keep no other filter away.
        onChange(valuesOf(detail.tokens, filters));
      }}
    />
  );
}
