// Makes `src/generated`, or with `--check` says whether it is up to date. Vite reads the TypeScript.
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { runnerImport } from 'vite';

const file = fileURLToPath(new URL('./words.ts', import.meta.url));
const { module } = await runnerImport(file, { configFile: false, logLevel: 'warn' });
process.exitCode = await module.main(process.argv.includes('--check'));
