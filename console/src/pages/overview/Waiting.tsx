import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { Summary } from '@/api/summary';
import { AppLink } from '@/shared/AppLink';
import { ago } from '@/shared/instants';
import { useNow } from '@/shared/now';

const AGES: [keyof Summary['open']['ages'], string][] = [
  ['under_1_day', 'Under 1 day'],
  ['from_1_to_3_days', '1 to 3 days'],
  ['from_3_to_7_days', '3 to 7 days'],
  ['from_7_to_30_days', '7 to 30 days'],
  ['over_30_days', 'Over 30 days'],
];

/** How many flags wait for a decision, by how long. */
export function Waiting({ open }: { open: Summary['open'] }) {
  const now = useNow();
  const count = `${open.complete ? '' : 'More than '}${open.flags.toLocaleString()}`;
  return (
    <Container
      fitHeight
      header={
        <Header
          description={
            open.oldest_recorded_at === null
              ? 'No open flags.'
              : `The oldest came in ${ago(open.oldest_recorded_at, now)}.`
          }
          counter={`(${count})`}
          actions={open.flags > 0 && <AppLink href="/queue">Start with the oldest</AppLink>}
        >
          Open flags by age
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        minColumnWidth={100}
        items={AGES.map(([age, label]) => ({
          label,
          value: (
            <Box fontSize="heading-xl" fontWeight="bold">
              {open.ages[age].toLocaleString()}
            </Box>
          ),
        }))}
      />
    </Container>
  );
}
