/** A class of one style sheet: `awsui_root_1612d_1x3di_43`. */
const CLASS = /awsui_[\w-]+?_[a-z0-9]{5}_[a-z0-9]{5}_\d+(?![\w-])/g;

/** A design token, or a property of one component: `--color-text-body-default-7v1jfn`. */
const PROPERTY = /--[a-z][a-z0-9-]*-[a-z0-9]{6}(?![\w-])/g;

/** A short name for each long one that these style sheets hold: the same for the same sheets. */
export function shortNames(sheets: string[]): ReadonlyMap<string, string> {
  const all = sheets.join('\n');
  const classes = [...new Set(all.match(CLASS))].sort();
  const defined = new Set(
    [...all.matchAll(new RegExp(`(${PROPERTY.source})\\s*:`, 'g'))].map(([, name]) => name),
  );
  const properties = [...new Set(all.match(PROPERTY))].filter((name) => defined.has(name)).sort();
  return new Map([
    ...classes.map((name, at) => [name, `_${at.toString(36)}`] as const),
    ...properties.map((name, at) => [name, `--${at.toString(36)}`] as const),
  ]);
}

/** Code or style with short names. */
export function shortened(text: string, names: ReadonlyMap<string, string>): string {
  const short = (name: string) => names.get(name) ?? name;
  return text.replace(CLASS, short).replace(PROPERTY, short);
}

/** Style without what a design token would be if it were not defined: all of them are. */
export function withoutFallbacks(style: string): string {
  let kept = '';
  let rest = style;
  for (;;) {
    // Components set the properties of their own, `--awsui-…`, as they run, or do not.
    const found = /var\((--(?!awsui-)[a-z][a-z0-9-]*-[a-z0-9]{6}),/.exec(rest);
    if (!found) return kept + rest;
    kept += `${rest.slice(0, found.index)}var(${found[1] ?? ''})`;
    rest = rest.slice(endOfCall(rest, found.index + found[0].length));
  }
}

/** Where the call ends whose arguments go on at `from`. */
function endOfCall(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
  }
  return at;
}
