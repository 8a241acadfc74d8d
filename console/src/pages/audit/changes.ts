import { inWords as wordOf, RULES } from '@/shared/words';

type Document = Record<string, unknown> | null;

/** Something that is not what it was: its name within the document, and both values in words. */
export interface Change {
  what: string;
  before: string;
  after: string;
}

const NOTHING = '–';

/** What differs between a document before and after; the parts of documents within it one by one. */
export function changesBetween(before: Document, after: Document): Change[] {
  const [old, now] = [flat(before ?? {}), flat(after ?? {})];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .map((what) => ({ what, before: old.get(what) ?? NOTHING, after: now.get(what) ?? NOTHING }))
    .filter((change) => change.before !== change.after);
}

function flat(document: Record<string, unknown>, above = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(document)) {
    const path = above + wordOf(RULES, name);
    if (isDocument(value)) for (const [inside, words] of flat(value, `${path} › `)) found.set(inside, words);
    else found.set(path, inWords(value));
  }
  return found;
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(inWords).join(', ') || 'none';
  if (isDocument(value)) return [...flat(value)].map(([what, words]) => `${what} ${words}`).join(' ');
  return typeof value === 'string' ? wordOf(RULES, value) : JSON.stringify(value);
}

function isDocument(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
