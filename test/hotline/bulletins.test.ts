import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/access.ts';
import { registerBulletinRoutes } from '../../src/hotline/bulletin-routes.ts';
import { Bulletins, promptOfBulletin } from '../../src/hotline/bulletins.ts';
import { Prompts } from '../../src/hotline/prompts.ts';
import { wavOf } from '../../src/kit/wav.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRoleServer } from '../support/role-server.ts';

let house: Awaited<ReturnType<typeof build>>;

async function build() {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-bulletins-'));
  const store = openStore(':memory:');
  const clock = new FakeClock();
  const events = createEventLog(store, [], { error: () => {} });
  const audited: AuditEntry[] = [];
  const audit = (entry: AuditEntry) => void audited.push(entry);
  const spoken: string[] = [];
  const prompts = new Prompts({
    catalogue: () => new Map(),
    synthesised: join(folder, 'prompts'),
    uploaded: join(folder, 'uploaded'),
    audit,
  });
  const voice = { works: true };
  const bulletins = new Bulletins({
    store,
    events,
    prompts,
    audit,
    clock,
    async speak(language, text) {
      if (!voice.works) throw new Error('ENOENT');
      spoken.push(`${language}: ${text}`);
      return { sound: new Float64Array(8_000).fill(0.1), sampleRateHz: 8_000 };
    },
  });
  const server = await openRoleServer((app) => registerBulletinRoutes(app, bulletins, prompts));
  return { folder, clock, events, audited, spoken, prompts, voice, bulletins, ...server };
}
beforeEach(async () => {
  house = await build();
});
afterEach(() => rmSync(house.folder, { recursive: true }));

const burst = {
  texts: { zh: '解放路水管爆裂，正在抢修。', en: 'A water main has burst.' },
  scope: { queues: ['utilities'] },
};
const recording = wavOf(new Int16Array(8_000).fill(2_000), 8_000);
const kinds = () => [...house.events.readSince({ atMs: 0 })].map(({ kind }) => kind);

describe('a bulletin', () => {
  it('is spoken in every language and on, in one act', async () => {
    const made = (await house.ask('POST', '/api/bulletins', burst)).json();
    expect(made).toMatchObject({ isOn: true, hasSound: true, endsAt: null });
    // Written Chinese is read by the Cantonese voice; English has its own text.
    expect(house.spoken).toEqual([
      'zh: 解放路水管爆裂，正在抢修。',
      'yue: 解放路水管爆裂，正在抢修。',
      'en: A water main has burst.',
    ]);
    for (const language of ['zh', 'yue', 'en']) {
      const url = `/api/bulletins/${made.id}/sound/${language}`;
      expect((await house.ask('GET', url)).rawPayload.length).toBeGreaterThan(10_000);
    }
    expect(house.prompts.list()).toEqual([]);
    expect(kinds()).toEqual(['bulletin.on']);
    expect(house.audited).toMatchObject([
      { action: 'bulletin.on', subject: `bulletin:${made.id}`, detail: { text: burst.texts.zh } },
    ]);
    expect(house.prompts.fileOf('zh', promptOfBulletin(made.id))).toContain('bulletin-');
  });

  it('is switched off and on again; twice the same changes nothing', async () => {
    const { id } = (await house.ask('POST', '/api/bulletins', burst)).json();
    expect(house.bulletins.on()).toHaveLength(1);
    await house.ask('POST', `/api/bulletins/${id}/off`);
    expect(house.bulletins.on()).toEqual([]);
    await house.ask('POST', `/api/bulletins/${id}/off`);
    const endsAt = house.clock.now() + 60_000;
    await house.ask('POST', `/api/bulletins/${id}/on`, { endsAt });
    const current = () => house.ask('GET', '/api/bulletins/current', undefined, 'agent');
    expect((await current()).json().rows).toMatchObject([{ id, endsAt }]);
    await house.clock.advance(60_000);
    expect((await current()).json().rows).toEqual([]);
    expect(kinds()).toEqual(['bulletin.on', 'bulletin.off', 'bulletin.on']);
  });

  it('is aimed at others while it is on, and the audit has both', async () => {
    const { id, scope: before } = (await house.ask('POST', '/api/bulletins', burst)).json();
    const scope = { entries: [], queues: ['consumer'], choices: ['main/1'] };
    const aim = (body: object, who?: string) =>
      house.ask('PUT', `/api/bulletins/${id}/scope`, body, who);
    expect((await aim(scope)).json()).toMatchObject({ id, scope, isOn: true });
    expect(house.bulletins.on()).toMatchObject([{ id, scope }]);
    expect(house.audited.at(-1)).toMatchObject({
      action: 'bulletin.aimed',
      detail: { before, after: scope },
    });
    expect((await aim({ rooms: [] })).statusCode).toBe(422);
    expect((await aim(scope, 'agent')).statusCode).toBe(403);
  });

  it('needs a recording where the machine has no voice', async () => {
    house.voice.works = false;
    const refused = await house.ask('POST', '/api/bulletins', burst);
    expect(refused.json()).toMatchObject({ status: 503, code: 'no-voice' });
    expect(house.bulletins.list()).toEqual([]);
    const { id } = (await house.ask('POST', '/api/bulletins', { ...burst, speak: false })).json();
    const on = () => house.ask('POST', `/api/bulletins/${id}/on`, { endsAt: null });
    expect((await on()).json()).toMatchObject({ code: 'no-voice' });
    const sound = await house.upload('PUT', `/api/bulletins/${id}/sound/zh`, recording);
    expect(sound.json()).toMatchObject({ hasSound: true, isOn: false });
    expect((await on()).json()).toMatchObject({ isOn: true });
    // Nobody hears silence: the one recording speaks for the other languages as well.
    expect(house.prompts.fileOf('en', promptOfBulletin(id))).toContain('/en/');
  });

  it('is a shift leader’s', async () => {
    for (const role of ['agent', 'admin', 'inspector']) {
      expect((await house.ask('POST', '/api/bulletins', burst, role)).statusCode).toBe(403);
    }
  });
});
