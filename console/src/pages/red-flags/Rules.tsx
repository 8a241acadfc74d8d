import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { AppLink } from '@/shared/AppLink';
import { RULES } from '@/shared/words';
import { useEdited } from '@/pages/settings/editor';
import type { PathOf } from '@/pages/settings/fields';
import { Clock, Mode, Sentence, Whole, Words } from '@/pages/settings/inputs';

/** Every rule, with how far it goes and its limits. */
export function Rules() {
  return (
    <SpaceBetween size="l">
      <Rule name="visit_frequency" mode="rules.visit_frequency.mode" about="More often than people come.">
        <Sentence of={['rules.visit_frequency.limit', 'rules.visit_frequency.window_days']}>
          Flag a member on check-in number <Whole path="rules.visit_frequency.limit" /> within{' '}
          <Whole path="rules.visit_frequency.window_days" /> days, at any of your locations.
        </Sentence>
      </Rule>
      <Rule
        name="consecutive_check_ins"
        mode="rules.consecutive_check_ins.mode"
        about="Again as soon as the cooldown allows, and again."
      >
        <Consecutive />
      </Rule>
      <Rule
        name="back_to_back"
        mode="rules.back_to_back.mode"
        about="The same two members, directly after one another. Both are flagged."
      >
        <Sentence
          of={[
            'rules.back_to_back.limit',
            'rules.back_to_back.max_gap_minutes',
            'rules.back_to_back.window_days',
            'rules.back_to_back.match_on',
          ]}
          hint="The spot is about 40 by 20 metres, where the app sends positions."
        >
          Flag both when one follows the other <Whole path="rules.back_to_back.limit" /> times within{' '}
          <Whole path="rules.back_to_back.window_days" /> days, at most{' '}
          <Whole path="rules.back_to_back.max_gap_minutes" /> minutes apart,{' '}
          <Words path="rules.back_to_back.match_on" />
        </Sentence>
      </Rule>
      <Rule name="point_edits" mode="rules.point_edits.mode" about="Points changed by hand.">
        <Sentence of={['rules.point_edits.amount_limit']}>
          Flag a member when one edit changes more than <Whole path="rules.point_edits.amount_limit" />{' '}
          points, up or down.
        </Sentence>
        <Sentence
          of={['rules.point_edits.count_limit', 'rules.point_edits.window_days']}
          hint="Leave the number of edits empty to look at the size of each edit only."
        >
          Flag a member too on edit number <Whole path="rules.point_edits.count_limit" /> within{' '}
          <Whole path="rules.point_edits.window_days" /> days.
        </Sentence>
      </Rule>
      <Rule
        name="outside_hours"
        mode="rules.outside_hours.mode"
        about="Checking in while the location is closed. The check-in is refused too."
      >
        <Sentence
          of={['rules.outside_hours.override_open', 'rules.outside_hours.override_close']}
          hint={
            <>
              From 00:00 to 24:00 is all day; a closing time before the opening time is on the next day. Leave
              both empty, and those locations are never closed.{' '}
              <AppLink href="/settings/locations">Locations</AppLink> with hours of their own keep them.
            </>
          }
        >
          A location without hours is open every day from <Clock path="rules.outside_hours.override_open" />{' '}
          to <Clock path="rules.outside_hours.override_close" />
        </Sentence>
      </Rule>
    </SpaceBetween>
  );
}

function Consecutive() {
  const { form } = useEdited();
  const minutes = Number(form['check_in.cooldown_minutes']);
  return (
    <Sentence
      of={['rules.consecutive_check_ins.limit']}
      hint={minutes === 0 ? 'With a cooldown of 0 minutes, this rule never flags anybody.' : undefined}
    >
      Flag a member on check-in number <Whole path="rules.consecutive_check_ins.limit" /> in a row, each{' '}
      {minutes > 0 ? `${minutes} to ${2 * minutes} minutes` : 'one to two cooldowns'} after the one before.
    </Sentence>
  );
}

interface RuleProps {
  name: string;
  mode: PathOf<'choice'>;
  about: string;
  children: ReactNode;
}

function Rule({ name, mode, about, children }: RuleProps) {
  const { hash } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  // The rules are here later than the page to which a link has led.
  useEffect(() => {
    if (hash === `#${name}`) place.current?.scrollIntoView();
  }, [hash, name]);
  return (
    <div ref={place} id={name} className="below-the-bars">
      <Container
        header={
          <Header variant="h2" description={about}>
            {RULES[name]}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Mode path={mode} />
          {children}
        </SpaceBetween>
      </Container>
    </div>
  );
}
