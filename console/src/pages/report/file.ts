/** The report as one file, made of the parts in which the API gives it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** One file of several: each part begins with the same line of column names, which is kept once. */
export function joined(parts: string[]): string {
  const plain = parts.map((part) => part.replace(BYTE_ORDER_MARK, ''));
  const [first = '', ...further] = plain;
  // A spreadsheet reads names right only with the mark in front, which reading a text takes away.
  return BYTE_ORDER_MARK + first + further.map(withoutFirstLine).join('');
}

function withoutFirstLine(part: string): string {
  const end = part.indexOf('\n');
  return end === -1 ? '' : part.slice(end + 1);
}

/** What the next part is asked for with, from a `Link` header; null when this was the last one. */
export function nextQuery(link: string | null): Record<string, string> | null {
  const next = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (next === undefined) return null;
  return Object.fromEntries(new URL(next, 'http://redflag.invalid/').searchParams);
}

/** The name in a `Content-Disposition` header. */
export function fileName(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'red-flags.csv';
}

/** How many flags' lines a file has below its column names; lines within quotes are one. */
export function linesOf(file: string): number {
  let lines = 0;
  let quoted = false;
  for (const letter of file) {
    if (letter === '"') quoted = !quoted;
    else if (letter === '\n' && !quoted) lines += 1;
  }
  return Math.max(0, lines - 1);
}
