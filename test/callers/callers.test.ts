import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/access.ts';
import { createCallersRepo } from '../../src/callers/repo.ts';
import { registerCallerRoutes } from '../../src/callers/routes.ts';
import { Callers } from '../../src/callers/service.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRoleServer } from '../support/role-server.ts';

async function build() {
  const store = openStore(':memory:');
  const audited: AuditEntry[] = [];
  const audit = (entry: AuditEntry) => void audited.push(entry);
  const callers = new Callers({ repo: createCallersRepo(store), audit, clock: new FakeClock() });
  const server = await openRoleServer((app) => registerCallerRoutes(app, callers));
  const acts = () => audited.map(({ action }) => action);
  return { store, callers, audited, acts, ...server };
}
let house: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  house = await build();
});

const wang = {
  number: '+86 138-1234-5678',
  name: '王女士',
  attributes: ['elder'],
  language: 'yue',
  note: '听力不好',
};

describe('the register', () => {
  it('knows a number however the network writes it', async () => {
    await house.ask('POST', '/api/callers', wang);
    for (const number of ['13812345678', '013812345678', '+8613812345678', '008613812345678']) {
      expect(house.callers.of(number)).toMatchObject({ attributes: ['elder'], language: 'yue' });
    }
    expect(house.callers.of('057112345678')).toBeNull();
    expect(house.callers.of('')).toBeNull();
  });

  it('is masked on the way out; a number is revealed with a reason, on the record', async () => {
    const { id } = (await house.ask('POST', '/api/callers', wang)).json();
    const list = await house.ask('GET', '/api/callers?attribute=elder&number=5678');
    expect(list.json()).toMatchObject({ total: 1, rows: [{ id, numberMasked: '138****5678' }] });
    expect(list.body).not.toContain('13812345678');
    expect((await house.ask('POST', `/api/callers/${id}/number`, {})).statusCode).toBe(422);
    const revealed = await house.ask('POST', `/api/callers/${id}/number`, { reason: '核对身份' });
    expect(revealed.json()).toEqual({ number: '13812345678' });
    expect(house.acts()).toEqual(['caller.added', 'callers.looked-at', 'caller.reveal-number']);
    expect(JSON.stringify(house.audited)).not.toContain('13812345678');
  });

  it('is changed, and emptied, by who may', async () => {
    const { id } = (await house.ask('POST', '/api/callers', wang)).json();
    const { number: _number, ...details } = wang;
    const changed = { ...details, attributes: ['enterprise'] };
    const reply = await house.ask('PUT', `/api/callers/${id}`, changed);
    expect(reply.json()).toMatchObject({ attributes: ['enterprise'], numberMasked: '138****5678' });
    expect((await house.ask('POST', '/api/callers', wang)).json()).toMatchObject({ status: 409 });
    expect((await house.ask('DELETE', `/api/callers/${id}`)).statusCode).toBe(204);
    expect((await house.ask('DELETE', `/api/callers/${id}`)).statusCode).toBe(404);
    for (const role of ['agent', 'inspector', 'admin', 'auditor']) {
      expect((await house.ask('GET', '/api/callers', undefined, role)).statusCode).toBe(403);
    }
  });

  it('comes in pages', async () => {
    for (const last of [1, 2, 3, 4, 5]) {
      await house.ask('POST', '/api/callers', { ...wang, number: `1380000000${String(last)}` });
    }
    const first = (await house.ask('GET', '/api/callers?limit=2')).json();
    expect(first).toMatchObject({ total: 5, rows: [{}, {}] });
    const rest = (await house.ask('GET', `/api/callers?limit=9&before=${first.next}`)).json();
    expect(rest.rows).toHaveLength(3);
    expect(rest.next).toBeNull();
  });
});

const sheet = `号码,姓名或单位,属性,语种,备注
13800000001,"示例市, 第一食品厂",企业绿色通道,,"许可证 ""甲"" 号"
'0571 8888 0002,李奶奶,长者；勿主动联系,粤语,
`;

describe('an import', () => {
  it('adds, changes and leaves alone, and says how many', async () => {
    const first = await house.upload('POST', '/api/callers/import', Buffer.from(sheet));
    expect(first.json()).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect(house.callers.of('13800000001')).toMatchObject({
      name: '示例市, 第一食品厂',
      attributes: ['enterprise'],
      note: '许可证 "甲" 号',
    });
    expect(house.callers.of('057188880002')).toMatchObject({
      attributes: ['elder', 'do-not-disturb'],
      language: 'yue',
    });
    const again = await house.upload(
      'POST',
      '/api/callers/import',
      Buffer.from(sheet.replace('李奶奶', '李婆婆')),
    );
    expect(again.json()).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(house.acts()).toEqual(['callers.imported', 'callers.imported']);
  });

  it('reads what a spreadsheet in China writes', async () => {
    // "号码,属性" and "13800000003,长者" in GB 18030.
    const head = Buffer.from('bac5c2eb2cca f4d0d40d0a'.replaceAll(' ', ''), 'hex');
    const line = Buffer.concat([Buffer.from('13800000003,'), Buffer.from('b3a4d5df', 'hex')]);
    const reply = await house.upload('POST', '/api/callers/import', Buffer.concat([head, line]));
    expect(reply.json()).toMatchObject({ added: 1 });
    expect(house.callers.of('13800000003')?.attributes).toEqual(['elder']);
  });

  it('is refused whole, with the lines that are wrong', async () => {
    const bad = `${sheet}13800000001,,,,\nnobody,,,,\n13800000009,,贵宾,法语,\n`;
    const reply = await house.upload('POST', '/api/callers/import', Buffer.from(bad));
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors).toEqual([
      { pointer: '/line/4', message: 'the number stands twice' },
      { pointer: '/line/5', message: 'not a phone number' },
      { pointer: '/line/6', message: 'no attribute "贵宾"' },
      { pointer: '/line/6', message: 'no language "法语"' },
    ]);
    expect(house.callers.of('13800000001')).toBeNull();
    const headless = await house.upload('POST', '/api/callers/import', Buffer.from('a,b\n1,2'));
    expect(headless.json().errors).toMatchObject([{ pointer: '/line/1' }]);
  });
});
