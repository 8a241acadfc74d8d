import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { Refused } from '@/api/problem';
import { useSettingsPreview, type Settings, type SettingsPreview } from '@/api/settings';
import { Indicator } from '@/shared/Indicator';
import { Instant } from '@/shared/Instant';
import { NewTabLink } from '@/shared/NewTabLink';
import { inWords, RULES } from '@/shared/words';
import { lineOf, lists, REFUSED, refusals, type Affected, type RulePreview } from './preview';

interface Props {
  /** The settings that are proposed, with the tag of the current ones. */
  proposed: Settings;
  of: Affected;
}

/** What settings would have done with the last weeks' check-ins; each line has its place before it is known. */
export function Preview({ proposed, of }: Props) {
  const { data, error } = useSettingsPreview(proposed);
  return (
    <div>
      <Box variant="h3">What this would have done</Box>
      <Box variant="small" color="text-body-secondary">
        <div role="status">
          {error ? <Failed error={error} /> : data ? <LookedAt {...data} /> : <Waiting />}
        </div>
      </Box>
      {!error && (
        <ul className="preview">
          {of.rules.map((rule) => (
            <li key={rule}>
              <Rule
                label={inWords(RULES, rule)}
                {...(data ? lineOf(data, rule) : { what: null, found: null })}
              />
            </li>
          ))}
          {of.refusals.map((refusal) => (
            <li key={refusal}>
              <Text label={REFUSED[refusal]} what={data ? refusals(data.refused[refusal]) : null} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Waiting() {
  return <Indicator type="loading">Judging the check-ins of the last 30 days</Indicator>;
}

function LookedAt({ since, members, check_ins: checkIns, explanation }: SettingsPreview) {
  return (
    <>
      With the {checkIns.toLocaleString('en')} check-ins of {members.toLocaleString('en')} members since{' '}
      <Instant at={since} detail="day" />. {explanation}
    </>
  );
}

function Failed({ error }: { error: unknown }) {
  return (
    <Indicator type="warning">
      This could not be looked at, which keeps nobody from saving. {error instanceof Refused && error.message}
    </Indicator>
  );
}

interface TextProps {
  label: string;
  what: string | null;
}

function Text({ label, what }: TextProps) {
  return (
    <>
      <b>{label}</b>: {what ?? '…'}
    </>
  );
}

/** A rule's line, with the members who make the difference folded away. */
function Rule({ label, what, found }: TextProps & { found: RulePreview | null }) {
  const [open, setOpen] = useState(false);
  const text = <Text label={label} what={what} />;
  const named = found ? lists(found) : [];
  const does = open ? 'Hide' : 'Show who';
  if (named.length === 0) return text;
  return (
    <>
      {text}{' '}
      <Button
        variant="inline-link"
        // Within the dialog's form: looking is not saving.
        formAction="none"
        ariaExpanded={open}
        ariaLabel={`${does}: ${label}`}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {does}
      </Button>
      {open && named.map(({ title, of }) => <Names key={title} title={title} {...of} />)}
    </>
  );
}

function Names({ title, number, members }: { title: string } & RulePreview['added']) {
  return (
    <Box padding={{ left: 'm', vertical: 'xxs' }}>
      <Box variant="awsui-key-label">
        {title}: {number.toLocaleString('en')}
      </Box>
      <ul className="names">
        {members.map(({ member_id: id, name }) => (
          <li key={id}>
            <NewTabLink href={`/members/${id}`}>{name ?? 'A member without a name'}</NewTabLink>
          </li>
        ))}
        {number > members.length && <li>and {(number - members.length).toLocaleString('en')} more</li>}
      </ul>
    </Box>
  );
}
