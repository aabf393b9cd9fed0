import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Prompts } from '../../src/hotline/prompts.ts';
import { registerPromptRoutes } from '../../src/hotline/routes.ts';
import { readRecording } from '../../src/hotline/wav.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import { wavOf } from '../../src/kit/wav.ts';

const texts = { zh: '您好', yue: '你好', en: 'Hello' };
const person = {
  id: 'p1',
  login: 'p',
  name: '甲',
  staffNo: '1',
  roles: ['admin' as const],
  mustChangePassword: false,
};

/** A sine as a WAV of any form. */
function tone(options: {
  hz?: number;
  rateHz?: number;
  seconds?: number;
  bits?: number;
  channels?: number;
}) {
  const { hz = 440, rateHz = 44_100, seconds = 1, bits = 16, channels = 1 } = options;
  const frameBytes = (bits / 8) * channels;
  const frames = Math.round(rateHz * seconds);
  const file = Buffer.alloc(44 + frames * frameBytes);
  wavOf(new Int16Array(), rateHz).copy(file);
  file.writeUInt16LE(channels, 22);
  file.writeUInt16LE(frameBytes, 32);
  file.writeUInt16LE(bits, 34);
  file.writeUInt32LE(frames * frameBytes, 40);
  for (let frame = 0; frame < frames; frame++) {
    const value = 0.5 * Math.sin((2 * Math.PI * hz * frame) / rateHz);
    for (let channel = 0; channel < channels; channel++) {
      const at = 44 + frame * frameBytes + (channel * bits) / 8;
      if (bits === 8) file.writeUInt8(Math.round(128 + value * 127), at);
      else file.writeIntLE(Math.round(value * 2 ** (bits - 1)), at, bits / 8);
    }
  }
  return file;
}

/** How strong one frequency is in a sound, 1 = full scale (Goertzel's sum). */
function strengthAt(hz: number, file: Buffer): number {
  const { sound, sampleRateHz } = readRecording(file);
  let re = 0;
  let im = 0;
  for (const [at, value] of sound.entries()) {
    re += value * Math.cos((2 * Math.PI * hz * at) / sampleRateHz);
    im += value * Math.sin((2 * Math.PI * hz * at) / sampleRateHz);
  }
  return (2 * Math.hypot(re, im)) / sound.length;
}

async function build() {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-'));
  const uploaded = join(folder, 'uploaded');
  const synthesised = join(folder, 'synthesised');
  mkdirSync(join(synthesised, 'zh'), { recursive: true });
  writeFileSync(join(synthesised, 'zh', 'hello.wav'), tone({ rateHz: 8_000, seconds: 2 }));
  const acts: string[] = [];
  const prompts = new Prompts({
    catalogue: () => new Map([['hello', texts]]),
    synthesised,
    uploaded,
    audit: (entry) => acts.push(`${entry.action} ${entry.subject}`),
  });
  const app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 1_000, signInPerMinute: 8 },
    },
    log: createLog('silent'),
    sessionOf: () => ({ sessionId: 's', person }),
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: '/nonexistent',
  });
  registerPromptRoutes(app, prompts);
  const put = (url: string, file: Buffer) => {
    const head =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="../../x.sh"\r\n\r\n';
    return app.inject({
      method: 'PUT',
      url,
      headers: { 'x-yihao': '1', 'content-type': 'multipart/form-data; boundary=b' },
      payload: Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--b--\r\n')]),
    });
  };
  return { app, prompts, uploaded, acts, put };
}
let house: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  house = await build();
});
const by = { person, ip: '' };

test('the list tells what each prompt says and what callers hear of it', async () => {
  expect((await house.app.inject('/api/prompts')).json().rows).toEqual([
    {
      id: 'hello',
      texts,
      languages: {
        zh: { source: 'synthesised', seconds: 2 },
        yue: { source: 'missing', seconds: null },
        en: { source: 'missing', seconds: null },
      },
    },
  ]);
  expect(house.prompts.missing()).toEqual(['yue/hello', 'en/hello']);
});

test('a recording takes the place of a prompt, and leaves it again', async () => {
  expect((await house.put('/api/prompts/zh/hello', tone({ seconds: 3 }))).statusCode).toBe(204);
  expect(readdirSync(join(house.uploaded, 'zh')).toSorted()).toEqual(['hello.wav', 'hello.wav16']);
  expect(house.prompts.list()[0]?.languages.zh).toEqual({ source: 'uploaded', seconds: 3 });
  const audio = await house.app.inject('/api/prompts/zh/hello/audio');
  expect(audio.headers['content-type']).toBe('audio/wav');
  expect(readRecording(audio.rawPayload)).toMatchObject({ sampleRateHz: 16_000, seconds: 3 });
  const headers = { 'x-yihao': '1' };
  const gone = { method: 'DELETE', url: '/api/prompts/zh/hello', headers } as const;
  expect((await house.app.inject(gone)).statusCode).toBe(204);
  expect(house.prompts.list()[0]?.languages.zh.source).toBe('synthesised');
  expect((await house.app.inject(gone)).statusCode).toBe(404);
  expect(house.acts).toEqual(['prompt.uploaded prompt:zh/hello', 'prompt.removed prompt:zh/hello']);
});

test('a prompt the site invented is listed and may be named by the hotline', async () => {
  await house.prompts.upload('en', 'holiday', tone({}), by);
  expect(house.prompts.has('holiday')).toBe(true);
  expect(house.prompts.has('other')).toBe(false);
  expect(house.prompts.list().at(-1)).toMatchObject({ id: 'holiday', texts: null });
});

describe('what is converted', () => {
  test.each([
    { rateHz: 44_100, bits: 16, channels: 1 },
    { rateHz: 48_000, bits: 24, channels: 2 },
    { rateHz: 8_000, bits: 8, channels: 1 },
    { rateHz: 16_000, bits: 32, channels: 2 },
    { rateHz: 22_050, bits: 16, channels: 1 },
  ])('%j keeps tone, level and length at 8 and 16 kHz', async (form) => {
    await house.prompts.upload('zh', 'hello', tone({ ...form, seconds: 5.5 }), by);
    for (const [ending, rateHz] of [
      ['wav', 8_000],
      ['wav16', 16_000],
    ] as const) {
      const file = readFileSync(join(house.uploaded, 'zh', `hello.${ending}`));
      expect(file.readUInt16LE(22)).toBe(1);
      expect(readRecording(file)).toMatchObject({ sampleRateHz: rateHz, seconds: 5.5 });
      expect(strengthAt(440, file)).toBeCloseTo(0.5, 1);
    }
  });

  test('what telephones cannot carry is filtered, not folded back', async () => {
    await house.prompts.upload('zh', 'hello', tone({ hz: 7_000, rateHz: 48_000 }), by);
    const narrow = readFileSync(join(house.uploaded, 'zh', 'hello.wav'));
    expect(strengthAt(1_000, narrow)).toBeLessThan(0.01);
    const wide = readFileSync(join(house.uploaded, 'zh', 'hello.wav16'));
    expect(strengthAt(7_000, wide)).toBeGreaterThan(0.4);
  });

  test('the slices it is made in leave no mark', async () => {
    await house.prompts.upload('zh', 'hello', tone({ hz: 200, rateHz: 44_100, seconds: 7 }), by);
    const { sound } = readRecording(readFileSync(join(house.uploaded, 'zh', 'hello.wav')));
    const step = 2 * Math.PI * 200 * 0.5;
    for (let at = 100; at < sound.length - 100; at++) {
      const rise = Math.abs((sound[at] ?? 0) - (sound[at - 1] ?? 0)) * 8_000;
      expect(rise).toBeLessThan(step * 1.02);
    }
  });
});

describe('what is refused', () => {
  const text = Buffer.from('#!/bin/sh\necho RIFF WAVE\n');
  const compressed = tone({});
  compressed.writeUInt16LE(85, 20);
  test.each([
    ['no WAV', text],
    ['nothing', Buffer.alloc(0)],
    ['a header alone', tone({}).subarray(0, 44)],
    ['a cut header', tone({}).subarray(0, 30)],
    ['another coding', compressed],
    ['six channels', tone({ channels: 6 })],
    ['a strange rate', tone({ rateHz: 4_000 })],
    ['hardly a sound', tone({ seconds: 0.01 })],
  ])('%s', async (_what, file) => {
    const reply = await house.put('/api/prompts/zh/hello', file);
    expect(reply.json()).toMatchObject({ status: 422, code: 'bad-audio' });
    expect(existsSync(house.uploaded)).toBe(false);
  });

  test('more than ten megabytes', async () => {
    const reply = await house.put('/api/prompts/zh/hello', Buffer.alloc(10_500_000));
    expect(reply.json()).toMatchObject({ status: 413, code: 'too-large' });
  });

  test('a body that is no form', async () => {
    const reply = await house.app.inject({
      method: 'PUT',
      url: '/api/prompts/zh/hello',
      headers: { 'x-yihao': '1' },
      payload: { file: 'x' },
    });
    expect(reply.json()).toMatchObject({ status: 422, code: 'bad-audio' });
  });

  test.each(['/api/prompts/zh/..%2f..%2fx/audio', '/api/prompts/de/hello/audio'])(
    '%s',
    async (url) => {
      expect((await house.app.inject(url)).statusCode).toBe(422);
    },
  );

  test('a prompt nobody has', async () => {
    expect((await house.app.inject('/api/prompts/en/hello/audio')).statusCode).toBe(404);
  });
});
