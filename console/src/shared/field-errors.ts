import { Refused } from '@/api/problem';

/** What was refused, at the fields that a form has; what is about none of them, or no refusal, stays. */
export function fieldErrors(
  thrown: unknown,
  has: (field: string) => boolean,
): { at: Record<string, string>; rest: unknown } {
  if (!(thrown instanceof Refused)) return { at: {}, rest: thrown };
  const at = Object.fromEntries(
    thrown.fields.filter(({ field }) => has(field)).map(({ field, message }) => [field, message]),
  );
  const others = thrown.fields.filter(({ field }) => !has(field));
  if (others.length === 0 && thrown.fields.length > 0) return { at, rest: null };
  const { message, status, code, requestId } = thrown;
  return { at, rest: new Refused(message, { status, code, requestId, fields: others }) };
}
