import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partOf } from '../../src/calls/audio.ts';
import type { Peaks } from '../../src/calls/schema.ts';
import { t0, wholeCall } from './sample.ts';
import { type CallServer, openCallServer } from './server.ts';
import { stereo, wav } from './wav.ts';

let server: CallServer;
const audio = wav(stereo(8_000, () => [8_192, -16_384]));
const leader = 'leader:leader';
const inspector = 'inspector:inspector';
const url = '/api/calls/c1/recordings/rec-c1/audio';

beforeEach(async () => {
  server = await openCallServer();
  server.log.append([...wholeCall('c1'), ...wholeCall('c2')]);
  for (const callId of ['c1', 'c2']) ready(callId, `${callId}.wav`);
  await writeFile(join(server.folder, 'c1.wav'), audio);
});
afterEach(async () => {
  await server.close();
});

function ready(callId: string, file: string): void {
  server.log.append([
    {
      kind: 'recording.ready',
      at: t0,
      recordingId: `rec-${callId}`,
      callId,
      file,
      sha256: 'ab12',
      durationMs: 1_000,
      bytes: audio.length,
      repaired: false,
    },
  ]);
}

describe('listening to a recording', () => {
  it('gives the whole file, not to be kept by the browser', async () => {
    const reply = await server.get(url, leader);
    expect(reply.statusCode).toBe(200);
    expect(reply.rawPayload.equals(audio)).toBe(true);
    expect(reply.headers).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-length': String(audio.length),
    });
  });

  it('gives the part asked for, so that a player can jump', async () => {
    const part = async (range: string) => server.get(url, leader, { range });
    const middle = await part('bytes=100-199');
    expect(middle.statusCode).toBe(206);
    expect(middle.headers['content-range']).toBe(`bytes 100-199/${String(audio.length)}`);
    expect(middle.rawPayload.equals(audio.subarray(100, 200))).toBe(true);
    expect((await part('bytes=-10')).rawPayload.equals(audio.subarray(-10))).toBe(true);
    expect((await part(`bytes=${String(audio.length)}-`)).statusCode).toBe(416);
    expect((await part('bytes=0-1,5-6')).statusCode).toBe(200);
  });

  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=-0', 'outside'],
    ['bytes=100-', 'outside'],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['seconds=1-2', undefined],
    [undefined, undefined],
  ])('reads %s of 100 bytes', (range, part) => {
    expect(partOf(range, 100)).toEqual(part);
  });

  it('is written down once per listening, not per part', async () => {
    const listen = (who: string, range: string) => server.get(url, who, { range });
    await listen(leader, 'bytes=0-9');
    await listen(leader, 'bytes=10-19');
    await server.clock.advance(29 * 60_000);
    await listen(leader, 'bytes=20-29');
    await listen(inspector, 'bytes=30-39');
    await server.clock.advance(31 * 60_000);
    await listen(leader, 'bytes=0-9');
    expect(server.audited.map(({ person, action }) => [person?.id, action])).toEqual([
      ['leader', 'recording.listen'],
      ['inspector', 'recording.listen'],
      ['leader', 'recording.listen'],
    ]);
    expect(server.audited[0]).toMatchObject({
      subject: 'call:c1',
      detail: { recordingId: 'rec-c1' },
    });
  });

  it('is for those who may, and leaves no trace when refused', async () => {
    expect((await server.get(url, 'agent-1:agent')).statusCode).toBe(403);
    expect((await server.get(url, 'a:admin')).statusCode).toBe(403);
    expect((await server.get(url, '')).statusCode).toBe(401);
    expect((await server.send('POST', url, leader)).statusCode).toBe(404);
    expect(server.audited).toEqual([]);
  });

  it.each([
    '/api/calls/c2/recordings/rec-c1/audio',
    '/api/calls/c1/recordings/rec-nope/audio',
    '/api/calls/c1/recordings/..%2F..%2Fetc%2Fpasswd/audio',
    '/api/calls/c1/recordings/%2e%2e/audio',
    '/api/calls/nope/recordings/rec-c1/audio',
    // Ready in the books, but its file is not there.
    '/api/calls/c2/recordings/rec-c2/audio',
  ])('finds nothing at %s', async (wrong) => {
    expect((await server.get(wrong, leader)).statusCode).toBe(404);
  });

  it('finds nothing while the recording runs or after it was removed', async () => {
    server.log.append(wholeCall('c3'));
    expect((await server.get('/api/calls/c3/recordings/rec-c3/audio', leader)).statusCode).toBe(
      404,
    );
    server.repo.forgetRecordings(['rec-c1']);
    expect((await server.get(url, leader)).statusCode).toBe(404);
  });
});

describe('the outline', () => {
  const peaksUrl = url.replace('audio', 'peaks');

  it('comes with both sides, and is no listening', async () => {
    const peaks = (await server.get(peaksUrl, leader)).json<Peaks>();
    expect(peaks.durationMs).toBe(1_000);
    expect(peaks.left).toEqual(Array(800).fill(0.25));
    expect(peaks.right).toEqual(Array(800).fill(0.5));
    expect(server.audited).toEqual([]);
    expect((await server.get(peaksUrl, 'agent-1:agent')).statusCode).toBe(403);
  });

  it('says so when the file is no audio', async () => {
    await writeFile(join(server.folder, 'c2.wav'), 'no audio at all');
    const reply = await server.get('/api/calls/c2/recordings/rec-c2/peaks', leader);
    expect(reply.json()).toMatchObject({ status: 422, code: 'bad-audio' });
    await rm(join(server.folder, 'c2.wav'));
    const gone = await server.get('/api/calls/c2/recordings/rec-c2/peaks', leader);
    expect(gone.statusCode).toBe(404);
  });
});
