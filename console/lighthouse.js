/* global URL, console, process, sessionStorage */
// How Lighthouse sees the sign-in page and the start page of a console that is served: `make lighthouse`.
// Asks for the sign-in as a person would, in the tab that it then looks at.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const VERSION = '13.5.0';
const LIMITS = { performance: 0.9, accessibility: 1, 'best-practices': 1 };
const FOLDER = new URL('../.local/', import.meta.url);

const prefix = new URL('lighthouse/', FOLDER).pathname;
execFileSync('npm', ['install', '--no-save', '--silent', '--prefix', prefix, `lighthouse@${VERSION}`]);
const from = createRequire(`${prefix}index.js`);
const load = (name) => import(pathToFileURL(from.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load('lighthouse');
const { default: puppeteer } = await load('puppeteer-core');

const directory = process.env.REDFLAG_DIR ? `${process.env.REDFLAG_DIR}/` : FOLDER.pathname;
const { console_url: url, users } = JSON.parse(readFileSync(`${directory}stack.json`, 'utf8'));
const browser = await puppeteer.launch({
  executablePath: new URL('../tools/chromium.sh', import.meta.url).pathname,
  args: ['--disable-gpu', '--window-size=1440,900'],
  defaultViewport: null,
});
const page = await browser.newPage();
let low = false;

async function look(name, config) {
  const flags = { disableStorageReset: true, onlyCategories: Object.keys(LIMITS), logLevel: 'error' };
  const { lhr } = await lighthouse(`${url}/`, flags, config, page);
  const told = Object.entries(LIMITS).map(([category, limit]) => {
    const { score } = lhr.categories[category];
    low ||= score === null || score < limit;
    return `${category} ${Math.round((score ?? 0) * 100)}`;
  });
  const [paint, shift, blocked] = [
    'largest-contentful-paint',
    'cumulative-layout-shift',
    'total-blocking-time',
  ].map((audit) => lhr.audits[audit].displayValue);
  console.log(`${name}: ${told.join(', ')}; largest paint ${paint}, shift ${shift}, blocked ${blocked}`);
  for (const { title, score, scoreDisplayMode } of Object.values(lhr.audits)) {
    if (scoreDisplayMode === 'binary' && score === 0) console.log(`  ${title}`);
  }
}

try {
  await page.goto(url);
  await page.waitForSelector('#username');
  await page.type('#username', users.manager.username);
  await page.type('#password', users.manager.password);
  await page.click('button[type=submit]');
  await page.waitForSelector('#top');
  await look('Start page, desktop', desktopConfig);
  await look('Start page, phone');
  await page.evaluate(() => {
    Object.keys(sessionStorage).forEach((key) => sessionStorage.removeItem(key));
    sessionStorage.setItem('signed-out', 'yes');
  });
  await look('Sign-in page, desktop', desktopConfig);
  await look('Sign-in page, phone');
} finally {
  await browser.close();
}
process.exitCode = low ? 1 : 0;
