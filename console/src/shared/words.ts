import { EVENTS, MEMBERSHIPS as KNOWN, RULES } from '@/generated/vocabularies';

export { ACCESS, FLAG_STATUSES, OUTCOMES, RULES } from '@/generated/vocabularies';

/** Whether a membership is active, where somebody may have none. */
export const MEMBERSHIPS = { ...KNOWN, none: '–' };

/** A word of the API as people read it; one that is not known yet is shown as it is. */
export function inWords(words: Readonly<Record<string, string>>, word: string): string {
  return words[word] ?? word.replaceAll('_', ' ');
}

/** What happened to a member, as the timeline has it: "Blocked", "Red flag: Many check-ins". */
export function eventInWords(what: string): string {
  const [event, rule] = what.split(':');
  return rule === undefined
    ? inWords(EVENTS, what)
    : `${event === 'flag' ? EVENTS.red_flag : what}: ${inWords(RULES, rule)}`;
}
