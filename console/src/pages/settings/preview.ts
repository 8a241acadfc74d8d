import type { SettingsPreview } from '@/api/settings';
import { RULE_FORMS } from '@/generated/rules';
import { amountOf } from '@/shared/amounts';
import { OUTCOMES } from '@/shared/words';
import { changesBetween } from './changes';
import type { Path } from './fields';
import type { Form } from './form';

export type RulePreview = SettingsPreview['rules'][number];
type Side = RulePreview['current'];
type Refusal = keyof SettingsPreview['refused'];

/** What a change may make a difference to. */
export interface Affected {
  rules: string[];
  refusals: Refusal[];
}

export const REFUSED: Record<Refusal, string> = OUTCOMES;

/** What a change of settings may make a difference to; so that each has its place before the answer comes. */
export function affected(before: Form, after: Form): Affected {
  const changed = changesBetween(before, after).map(({ path }) => path);
  const changes = (prefix: string) => changed.some((path) => path.startsWith(prefix));
  const looks = (rule: string) => {
    const mode = `rules.${rule}.mode` as Path;
    return before[mode] !== 'off' || after[mode] !== 'off';
  };
  const cooldown = changes('check_in.');
  const hours = RULE_FORMS.some(
    ({ name, over }) => over === 'attempts' && changes(`rules.${name}.`) && looks(name),
  );
  // What changes which check-ins are accepted changes what the rules find that judge them.
  const others = cooldown || hours ? ['check_ins', 'pairs'] : [];
  return {
    rules: RULE_FORMS.filter(({ name, over }) => changes(`rules.${name}.`) || others.includes(over))
      .map(({ name }) => name)
      .filter(looks),
    refusals: [
      ...(cooldown ? ['too_soon' as const] : []),
      ...(hours ? ['outside_business_hours' as const] : []),
    ],
  };
}

export function isAffected({ rules, refusals }: Affected): boolean {
  return rules.length + refusals.length > 0;
}

const DONE: Record<Side['mode'], string> = { off: 'flagged', shadow: 'recorded', on: 'flagged' };

/** What a rule would have done instead of what it does: "31 members flagged instead of 12". */
export function outcome({ current: now, proposed: then, added, removed }: RulePreview): string {
  // A rule that is off does nothing of what the other side does.
  const doesNow = DONE[now.mode === 'off' ? then.mode : now.mode];
  const does = DONE[then.mode === 'off' ? now.mode : then.mode];
  if (does === doesNow && added.number + removed.number === 0) {
    return `${people(then.members)} ${does}, as now`;
  }
  if (does === doesNow && now.members === then.members) {
    return `${people(then.members)} ${does} as now, but others`;
  }
  const instead = now.members === 0 ? 'none' : now.members.toLocaleString('en');
  return `${people(then.members)} ${does} instead of ${instead}${does === doesNow ? '' : ` ${doesNow}`}`;
}

/** How many attempts would have been refused. */
export function refusals({ current: now, proposed: then }: SettingsPreview['refused'][Refusal]): string {
  const attempts = amountOf(then, 'attempt');
  return now === then ? `${attempts}, as now` : `${attempts} instead of ${now.toLocaleString('en')}`;
}

/** Whom a rule makes a difference to, under headings. */
export function lists({ current: now, proposed: then, added, removed }: RulePreview) {
  return [
    { title: `${capitalised(DONE[then.mode])} in addition`, of: added },
    { title: `No longer ${DONE[now.mode]}`, of: removed },
  ].filter(({ of }) => of.number > 0);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function people(number: number): string {
  return number === 0 ? 'nobody' : amountOf(number, 'member');
}

/** What a rule would have done; why not, when it could not be judged. */
export function lineOf(preview: SettingsPreview, rule: string): { what: string; found: RulePreview | null } {
  const found = preview.rules.find((each) => each.rule === rule) ?? null;
  const why = preview.left_out.find((each) => each.rule === rule)?.explanation;
  return { what: found ? outcome(found) : (why ?? 'not previewed'), found };
}
