import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Flag } from '@/api/members';
import { Empty } from '@/shared/Empty';
import { Instant } from '@/shared/Instant';
import { Person } from '@/shared/Person';
import { RedFlag } from '@/shared/RedFlag';
import { FLAG_STATUSES, inWords, RULES } from '@/shared/words';
import { FlagEvidence } from './FlagEvidence';

/** A member's flags: what is open with its evidence, what was decided folded away. */
export function Flags({ flags }: { flags: Flag[] }) {
  const open = flags.filter(({ status }) => status === 'open');
  const decided = flags.filter(({ status }) => status !== 'open');
  return (
    <Container header={<Header counter={`(${open.length} open)`}>Red flags</Header>}>
      <SpaceBetween size="l">
        {flags.length === 0 && (
          <Empty title="No rule has flagged this member">There is nothing to decide.</Empty>
        )}
        {open.map((flag) => (
          <OpenFlag key={flag.flag_id} flag={flag} />
        ))}
        {decided.map((flag) => (
          <DecidedFlag key={flag.flag_id} flag={flag} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

function OpenFlag({ flag }: { flag: Flag }) {
  return (
    <section data-testid="open-flag">
      <Box variant="h3">
        <RedFlag label="Open flag" /> {flag.evidence.sentence}
      </Box>
      <Box color="text-body-secondary" margin={{ bottom: 'xs' }}>
        {inWords(RULES, flag.rule)} · <Raised flag={flag} />
      </Box>
      <FlagEvidence flag={flag} />
    </section>
  );
}

function DecidedFlag({ flag }: { flag: Flag }) {
  // What nobody looks at is not drawn.
  const [opened, setOpened] = useState(false);
  return (
    <ExpandableSection
      onChange={({ detail }) => {
        setOpened(opened || detail.expanded);
      }}
      headerText={`${inWords(FLAG_STATUSES, flag.status)}: ${flag.evidence.sentence}`}
      headerDescription={inWords(RULES, flag.rule)}
    >
      <SpaceBetween size="xs">
        <div>
          <Raised flag={flag} />
        </div>
        {flag.decided_at !== null && (
          <div>
            {inWords(FLAG_STATUSES, flag.status)} <Instant at={flag.decided_at} /> by{' '}
            <Person subject={flag.decided_by} name={flag.decided_by_name} />
            {flag.reason !== null && `: ${flag.reason}`}
          </div>
        )}
        {opened && <FlagEvidence flag={flag} />}
      </SpaceBetween>
    </ExpandableSection>
  );
}

function Raised({ flag }: { flag: Flag }) {
  return (
    <>
      raised <Instant at={flag.raised_at} location={flag.location_id} />
      {flag.count > 1 && `, triggered ${flag.count} times`}
    </>
  );
}
