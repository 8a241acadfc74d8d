import type { Value } from '@/shared/sentences';
import { fieldAt, PATHS, type Path } from './fields';
import { isSound, type Form } from './form';
import type { Part, Values } from './rule-form';

const COOLDOWN = 'check_in.cooldown_minutes';

/** What the sentences of a rule say of a form; of a cooldown that cannot be, they say the current settings. */
export function valuesOf(rule: string, form: Form, current: Form): Values {
  const prefix = `rules.${rule}.`;
  const own = PATHS.filter((path) => path.startsWith(prefix));
  const minutes = Number((isSound(COOLDOWN, form) ? form : current)[COOLDOWN]);
  return {
    ...Object.fromEntries(own.map((path) => [path.slice(prefix.length), valueAt(path, form)])),
    cooldown_minutes: minutes,
    twice_cooldown_minutes: 2 * minutes,
  };
}

function valueAt(path: Path, form: Form): Value {
  const value = form[path];
  if (typeof value === 'boolean') return value;
  const typed = String(value).trim();
  if (typed === '') return null;
  if (fieldAt(path).kind !== 'whole') return typed;
  return isSound(path, form) ? Number(typed) : null;
}

/** The settings whose inputs stand in a sentence. */
export function pathsIn(parts: readonly Part[]): Path[] {
  return parts.flatMap((part) => (typeof part === 'object' && 'path' in part ? [part.path] : []));
}
