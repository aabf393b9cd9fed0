import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { startMock } from '../../web/mock/server.ts';
import { guideShots } from './guide.ts';
import { type Shot, shots, standardSizes } from './pages.ts';

const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const { values } = parseArgs({
  options: {
    /** Where to; `screens`, or with `--guide` where the guides look. */
    out: { type: 'string' },
    /** The pictures of the guides under `docs/` instead. */
    guide: { type: 'boolean', default: false },
    /** Only pictures whose name contains one of these words, commas between. */
    only: { type: 'string', default: '' },
    /** Every picture in these sizes, e.g. `360x780,3840x2160`, instead of its own. */
    sizes: { type: 'string' },
    port: { type: 'string', default: '28080' },
  },
});

const everySize = values.sizes?.split(',').map((size): [number, number] => {
  const [width = 1440, height = 900] = size.split('x').map(Number);
  return [width, height];
});

/** A picture that is about a wide screen stays one. */
function sizesOf({ sizes }: Shot): readonly (readonly [number, number])[] {
  const leastWidth = Math.min(...(sizes ?? []).map(([width]) => width));
  if (!everySize) return sizes ?? standardSizes;
  return everySize.filter(([width]) => !sizes || width >= leastWidth || leastWidth < 400);
}

const isWanted = ({ name }: Shot) => values.only.split(',').some((word) => name.includes(word));

/** A rule of axe that a picture breaks. */
interface Finding {
  picture: string;
  impact: string;
  rule: string;
  where: string;
}

async function take(browser: Browser, base: string, shot: Shot, out: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const lang of shot.languages ?? ['zh' as const]) {
    for (const [width, height] of sizesOf(shot)) {
      const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
      if (shot.login !== null) {
        await context.addCookies([{ name: 'yihao_session', value: shot.login, url: base }]);
      }
      await context.addInitScript(`localStorage.setItem('yihao.language', '${lang}')`);
      const page = await context.newPage();
      const size = values.guide ? '' : `-${width}x${height}`;
      const picture = `${shot.name}${lang === 'en' ? '.en' : ''}${size}`;
      page.on('console', (said) => {
        if (said.type() === 'error' && !said.text().includes('401')) {
          console.error(`  ${picture}: ${said.text()}`);
        }
      });
      if (shot.desk) await tell(base, '/mock/desk', shot.desk);
      await tell(base, '/mock/storage', { state: shot.storage ?? 'ok' });
      await tell(base, '/mock/leading', shot.leading ?? {});
      await tell(base, '/mock/floor', { seats: shot.seats ?? 60 });
      await page.goto(base + shot.path, { waitUntil: 'networkidle' });
      // On a busy machine the network is idle before the first page is drawn.
      await page.locator('h1, h2, header, form').first().waitFor();
      await page.waitForLoadState('networkidle');
      // Notes of the moment would lie over what a guide shows.
      if (values.guide) await page.addStyleTag({ content: '.toasts { display: none; }' });
      await play(page, shot);
      await page.waitForTimeout(450);
      const path = join(out, `${picture}.png`);
      await (shot.part
        ? page.locator(shot.part).first().screenshot({ path })
        : page.screenshot({ path }));
      const broken = await findingsOf(page, picture);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) {
        broken.push({ picture, impact: 'serious', rule: 'too-wide', where: `${wide} px` });
      }
      findings.push(...broken);
      console.log(`${broken.length === 0 ? 'ok  ' : 'AXE '} ${picture}`);
      await context.close();
    }
  }
  return findings;
}

async function tell(base: string, path: string, what: object): Promise<void> {
  await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(what),
  });
}

async function play(page: Page, shot: Shot): Promise<void> {
  for (const step of shot.then ?? []) {
    if ('click' in step) await page.click(step.click);
    else if ('focus' in step) await page.focus(step.focus);
    else if ('fill' in step) await page.fill(step.fill, step.text);
    else await page.keyboard.press(step.press);
  }
  await page.waitForLoadState('networkidle');
}

async function findingsOf(page: Page, picture: string): Promise<Finding[]> {
  const result = await new AxeBuilder({ page }).analyze();
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => ({
        picture,
        impact: String(impact),
        rule: id,
        where: `${node.target.join(' ')}  ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
      })),
    );
}

async function main(): Promise<number> {
  const out = resolve(values.out ?? (values.guide ? 'docs/pictures' : 'screens'));
  const wanted = values.guide ? guideShots : shots;
  mkdirSync(out, { recursive: true });
  const executablePath = process.env['YIHAO_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    console.error(
      `No Chromium at ${executablePath}: install it (apt-get install chromium) or set YIHAO_CHROMIUM.`,
    );
    return 1;
  }
  // Built into a folder of its own: a server that runs beside it keeps its console.
  const dist = mkdtempSync(join(tmpdir(), 'yihao-screens-'));
  await build({ root: 'web', logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
  const server = await startMock(Number(values.port), dist);
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  const findings: Finding[] = [];
  try {
    for (const shot of wanted.filter(isWanted)) {
      findings.push(...(await take(browser, server.address, shot, out)));
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(dist, { recursive: true, force: true });
  }
  for (const { picture, impact, rule, where } of findings) {
    console.error(`${impact} ${rule} in ${picture}: ${where}`);
  }
  console.log(`${findings.length} serious or critical findings; pictures in ${out}`);
  return findings.length === 0 ? 0 : 1;
}

process.exitCode = await main();
