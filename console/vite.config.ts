import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fontsAsFiles } from './build/fonts-as-files.ts';
import { leanCloudscape } from './build/lean-cloudscape.ts';

export default defineConfig({
  plugins: [react(), leanCloudscape(), fontsAsFiles()],
  resolve: {
    alias: [
      { find: '@', replacement: fileURLToPath(new URL('./src', import.meta.url)) },
      // Cloudscape's messages come parsed.
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/lib/no-parser',
      },
    ],
  },
  build: {
    target: 'es2022',
    // Nothing becomes a data: address: the content security policy allows none.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  test: { environment: 'node', include: ['{src,build}/**/*.test.ts'] },
});
