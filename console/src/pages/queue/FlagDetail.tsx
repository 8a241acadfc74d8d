import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Flag, Profile } from '@/api/members';
import { useRole } from '@/auth/role';
import { Access } from '@/shared/Access';
import { AppLink } from '@/shared/AppLink';
import { FlagStatus } from '@/shared/FlagStatus';
import { Instant } from '@/shared/Instant';
import { LocationName } from '@/shared/LocationName';
import { settingsOf } from '@/shared/places';
import { inWords, MEMBERSHIPS, RULES } from '@/shared/words';
import { Evidence } from '../member/Evidence';
import type { Decision } from '../member/actions';
import { DecidedMeanwhile } from './DecidedMeanwhile';
import { KEYS } from './decisions';

interface Props {
  flag: Flag;
  member: Profile | undefined;
  decisions: Decision[];
  overtaken: boolean;
  onAsk: (decision: Decision) => void;
  onNext: () => void;
}

/** Why a flag was raised, what can be done, and the member it is about. */
export function FlagDetail({ flag, member, decisions, overtaken, onAsk, onNext }: Props) {
  const { may } = useRole();
  return (
    <SpaceBetween size="l">
      {flag.status !== 'open' && <DecidedMeanwhile flag={flag} overtaken={overtaken} onNext={onNext} />}
      <section>
        <Box variant="h3">{flag.evidence.sentence}</Box>
        <Box color="text-body-secondary">
          {inWords(RULES, flag.rule)} · <Instant at={flag.raised_at} location={flag.location_id} /> ·{' '}
          <LocationName id={flag.location_id} />
          {flag.count > 1 && ` · triggered ${flag.count} times`}
        </Box>
      </section>
      <Decisions decisions={decisions} onAsk={onAsk} />
      <SpaceBetween direction="horizontal" size="m">
        <AppLink href={`/members/${flag.member_id}`}>Open the member’s page</AppLink>
        {flag.rule !== 'manual' && (
          <AppLink href={settingsOf(flag.rule)}>
            {may('configure') ? 'Edit this rule' : 'See this rule'}
          </AppLink>
        )}
      </SpaceBetween>
      <Evidence flag={flag} />
      {member && <MemberSummary member={member} except={flag.flag_id} />}
    </SpaceBetween>
  );
}

function Decisions({ decisions, onAsk }: { decisions: Decision[]; onAsk: (decision: Decision) => void }) {
  if (decisions.length === 0) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {decisions.map((decision, index) => (
        <Button
          key={decision.action}
          variant={index === 0 ? 'primary' : 'normal'}
          nativeButtonAttributes={{
            'aria-keyshortcuts': KEYS[decision.action],
            title: `${decision.does} (key ${KEYS[decision.action] ?? ''})`,
          }}
          onClick={() => {
            onAsk(decision);
          }}
        >
          {decision.label}
        </Button>
      ))}
    </SpaceBetween>
  );
}

// Beside the open ones; the member's page has them all.
const SHOWN = 5;

/** The member's state and other flags: a decision covers all that are open. */
function MemberSummary({ member, except }: { member: Profile; except: string }) {
  const others = member.flags.filter(({ flag_id }) => flag_id !== except);
  const shown = others.filter(({ status }, index) => status === 'open' || index < SHOWN);
  return (
    <SpaceBetween size="l">
      {member.platform_blocked && (
        <Alert type="warning">The platform’s support has blocked this phone number in every program.</Alert>
      )}
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Access',
            value: <Access access={member.access} platformBlocked={member.platform_blocked} />,
          },
          { label: 'Trust', value: member.trusted ? 'Trusted: no rule flags them' : 'Not marked as trusted' },
          { label: 'Points', value: member.points.toLocaleString() },
          { label: 'Membership', value: inWords(MEMBERSHIPS, member.membership?.status ?? 'none') },
        ]}
      />
      {shown.length > 0 && (
        <section>
          <Box variant="h4">Other flags of this member</Box>
          <ul className="flags">
            {shown.map((other) => (
              <li key={other.flag_id}>
                <FlagStatus status={other.status} /> {other.evidence.sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
    </SpaceBetween>
  );
}
