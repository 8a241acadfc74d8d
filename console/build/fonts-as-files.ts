import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Cloudscape's style sheet holds its fonts; as files, a browser loads only those that a page shows. */
export function fontsAsFiles(): Plugin {
  return {
    name: 'fonts-as-files',
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue;
        asset.source = asset.source
          .toString()
          .replace(/data:font\/woff2;base64,([\w+/=]+)/g, (_, text: string) => {
            const source = Buffer.from(text, 'base64');
            const name = `font-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.woff2`;
            this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
            return name;
          });
      }
    },
  };
}
