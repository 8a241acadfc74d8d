import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';
import type { Flag } from '@/api/members';
import { Loading } from '@/shared/Loading';
import { isCounted, KEPT } from './counts';
import { Evidence } from './Evidence';

// Charts are heavy, and flags can be decided on without one: also when it cannot be loaded.
const CountChart = lazy(() => import('./CountChart').catch(() => ({ default: NoChart })));

function NoChart() {
  return <Box color="text-body-secondary">The chart could not be loaded. Load the page again to see it.</Box>;
}

/** What is behind a flag: the evidence over time, then line by line. */
export function FlagEvidence({ flag }: { flag: Flag }) {
  const cut = flag.evidence.occurrences.length >= KEPT;
  return (
    <SpaceBetween size="xs">
      {isCounted(flag) && (
        <div className="count-chart">
          <Suspense fallback={<Loading what="the chart" />}>
            <CountChart flag={flag} />
          </Suspense>
        </div>
      )}
      {cut && (
        <Box color="text-body-secondary">
          The newest {KEPT} are kept as evidence. Earlier ones are neither shown nor counted here.
        </Box>
      )}
      <Evidence flag={flag} />
    </SpaceBetween>
  );
}
