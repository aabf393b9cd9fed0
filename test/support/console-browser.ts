import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import { wavOf } from '../../src/kit/wav.ts';
import { patienceMs } from './until.ts';

/** The tone the fake microphone hears. */
export const microphoneHz = 880;

/** Chromium with a microphone that hears a steady tone, Hz. */
export function openChromium(hears = microphoneHz): Promise<Browser> {
  return chromium.launch(chromiumOptions(hears));
}

/** How such a browser is started. */
export function chromiumOptions(hears = microphoneHz): LaunchOptions {
  const rateHz = 48_000;
  const tone = Int16Array.from({ length: 10 * rateHz }, (_, at) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hears * at) / rateHz)),
  );
  const file = join(tmpdir(), `yihao-microphone-${hears}.wav`);
  writeFileSync(file, wavOf(tone, rateHz));
  return {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
    ],
  };
}

/** Everything that passes between a server and the pages of one person. */
export class Witness {
  /** Errors the pages wrote or threw, violations of the content security policy among them. */
  readonly errors: string[] = [];
  /** Bodies of replies, frames of WebSockets, and what stood on the pages. */
  readonly said: string[] = [];
  readonly #reading: Promise<void>[] = [];

  /** Listens to every page of the context, from now on. */
  follow(context: BrowserContext): void {
    context.on('page', (page) => this.#followPage(page));
    context.on('weberror', (error) => this.errors.push(String(error.error())));
    context.on('response', (response) => {
      const kind = response.headers()['content-type'] ?? '';
      if (!/json|text\/(?!javascript|css)/.test(kind)) return;
      this.#reading.push(
        response.text().then(
          (text) => void this.said.push(text),
          () => {},
        ),
      );
    });
  }

  #followPage(page: Page): void {
    page.on('console', (message) => {
      // Before signing in, and with a number that is refused, 401 is the right answer.
      if (message.type() !== 'error' || message.text().includes('401')) return;
      this.errors.push(message.text());
    });
    page.on('websocket', (socket) => {
      const keep = ({ payload }: { payload: string | Buffer }) =>
        void this.said.push(payload.toString());
      socket.on('framereceived', keep);
      socket.on('framesent', keep);
    });
  }

  /** Keeps what stands on the page now. */
  async look(page: Page): Promise<void> {
    this.said.push(await page.content());
  }

  /** What was said with this text in it. */
  async saying(text: string): Promise<string[]> {
    await Promise.all(this.#reading);
    return this.said.filter((each) => each.includes(text));
  }
}

/** A person's own browser window; `witness` sees everything it is told. */
export async function openWindow(
  browser: Browser,
  url: string,
): Promise<{ context: BrowserContext; page: Page; witness: Witness }> {
  const context = await browser.newContext({ baseURL: url, locale: 'zh-CN' });
  context.setDefaultTimeout(patienceMs);
  await context.grantPermissions(['microphone'], { origin: url });
  await context.addInitScript(keepConnections);
  const witness = new Witness();
  witness.follow(context);
  const page = await context.newPage();
  return { context, page, witness };
}

/**
 * Runs in the page before it: keeps its WebRTC connections, so that we can listen in, and the
 * microphone as it is: a steady tone is noise to be suppressed.
 */
const keepConnections = `
  const devices = navigator.mediaDevices;
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  // An empty page has no devices.
  if (devices) {
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = ({ audio, ...rest }) =>
      getUserMedia({ ...rest, audio: { ...(audio === true ? {} : audio), ...plain } });
  }
  window.heardConnections = [];
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...args) { super(...args); window.heardConnections.push(this); }
  };`;

/** Does the page's newest call bring in a tone of this frequency? */
export async function isHeardBy(page: Page, hz: number): Promise<boolean> {
  const bins = await page.evaluate<number[]>(spectrum);
  const at = Math.round((hz * bins.length) / 4_000);
  return Math.max(...bins.slice(at - 3, at + 4)) > -45;
}

/** The strongest frequency the page's newest call brings in, Hz; 0 in silence or without a call. */
export async function loudestHz(page: Page): Promise<number> {
  const bins = await page.evaluate<number[]>(spectrum);
  const loudest = Math.max(...bins);
  return loudest > -70 ? (bins.indexOf(loudest) * 4_000) / bins.length : 0;
}

/** Runs in the page: how loud the newest call is, from 0 to 4,000 Hz in equal steps, dB. */
const spectrum = `(async () => {
  const connection = heardConnections.findLast((each) => each.connectionState === 'connected');
  const track = connection?.getReceivers()[0]?.track;
  if (!track) return [-200];
  const sound = new AudioContext({ sampleRate: 16_000 });
  const ear = new AnalyserNode(sound, { fftSize: 2048, smoothingTimeConstant: 0.3 });
  sound.createMediaStreamSource(new MediaStream([track])).connect(ear);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const bins = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(bins);
  await sound.close();
  return [...bins.slice(0, bins.length / 2)].map((level) => Math.max(level, -200));
})()`;

/** Findings of axe that keep people from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
