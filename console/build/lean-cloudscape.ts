import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { shortened, shortNames, withoutFallbacks } from './shorten.ts';

const COMPONENTS = fileURLToPath(new URL('../node_modules/@cloudscape-design/components/', import.meta.url));

/** Shown by nothing here, and heavy: a drawer of news, with all that a list to drag needs. */
const NEVER_SHOWN = '/feature-notifications-drawer-content';
const NOTHING = '\0nothing';

/** Cloudscape with less to load: its long generated names are a quarter of its code and styles. */
export function leanCloudscape(): Plugin {
  let names: ReadonlyMap<string, string> = new Map();
  return {
    name: 'lean-cloudscape',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      const files = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' });
      const sheets = files.filter((name) => name.endsWith('.css')).sort();
      names = shortNames(sheets.map((sheet) => readFileSync(COMPONENTS + sheet, 'utf8')));
    },
    resolveId: (source) => (source.endsWith(NEVER_SHOWN) ? NOTHING : null),
    load: (id) =>
      id === NOTHING
        ? 'const Nothing = () => null; export { Nothing as default, Nothing as RuntimeContentPart };'
        : null,
    transform: {
      filter: { id: /\/@cloudscape-design\/.*\.(css|js)$/ },
      handler(text, id) {
        const lean = id.endsWith('.css') ? withoutFallbacks(text) : text;
        return { code: shortened(lean, names), map: null };
      },
    },
  };
}
