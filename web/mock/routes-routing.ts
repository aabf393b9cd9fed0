import type { FastifyInstance } from 'fastify';
import { hotlineSchema } from '../../config/hotline.ts';
import type { CallerRow } from '../../src/callers/schema.ts';
import { differencesOf } from '../../src/hotline/diff.ts';
import type { Bulletin } from '../../src/hotline/schema.ts';
import { demoNow } from './demo-clock.ts';
import { refuse } from './problem.ts';
import { versions } from './records.ts';

const hourMs = 3_600_000;

function bulletin(id: string, zh: string, en: string, part: Partial<Bulletin>): Bulletin {
  const at = demoNow() - 2 * hourMs;
  return {
    id: id.padEnd(26, '0'),
    texts: { zh, yue: zh, en },
    scope: { entries: [], queues: ['utilities'], choices: [] },
    startsAt: at,
    endsAt: null,
    isOn: false,
    hasSound: true,
    createdAt: at,
    createdBy: 'p-2',
    changedAt: at,
    changedBy: 'p-2',
    ...part,
  };
}

const bulletins: Bulletin[] = [
  bulletin(
    '01JD2',
    '解放路水管爆裂，解放路以东三个小区停水，正在抢修，预计今晚八点恢复。',
    'A water main has burst in Jiefang Road. Water is expected back at eight tonight.',
    { isOn: true, endsAt: demoNow() + 5 * hourMs },
  ),
  bulletin(
    '01JD1',
    '今日医保系统升级，查询业务暂停至十五点。',
    'Medical insurance queries rest until 15:00.',
    {
      scope: { entries: [], queues: ['health'], choices: [] },
    },
  ),
  bulletin('01JD0', '台风蓝色预警，请减少外出。', 'Typhoon warning: please stay in.', {
    scope: { entries: [], queues: [], choices: [] },
    hasSound: false,
  }),
];

const people: [string, string, CallerRow['attributes'], CallerRow['language'], string][] = [
  ['139****2210', '示例市第一食品有限公司', ['enterprise'], null, '食品生产许可，联系人李经理'],
  ['138****5678', '陈伯', ['elder'], 'yue', '听力不好，请慢些说'],
  ['057*****0002', '李奶奶', ['elder', 'do-not-disturb'], null, ''],
  ['136****9031', 'J. Smith', [], 'en', 'Speaks English only'],
  ['137****4410', '', ['nuisance'], null, '多次无声来电'],
  ['135****7789', '示例市精密机械厂', ['enterprise'], null, ''],
];

const callers = people.map(
  ([numberMasked, name, attributes, language, note], at): CallerRow => ({
    id: `k${String(at)}`,
    numberMasked,
    name,
    attributes,
    language,
    note,
    updatedAt: demoNow() - at * 30 * hourMs,
    updatedBy: 'p-2',
  }),
);

/** What feeds the order of callers: bulletins, the register, and what differs between versions. */
export function routingRoutes(app: FastifyInstance): void {
  app.get('/api/bulletins', () => ({ rows: bulletins }));
  app.get('/api/bulletins/current', () => ({ rows: bulletins.filter(({ isOn }) => isOn) }));
  app.post('/api/bulletins/:id/:to', (request) => {
    const { id, to } = request.params as { id: string; to: string };
    const found = bulletins.find((each) => each.id === id) ?? refuse('not-found');
    return Object.assign(found, { isOn: to === 'on' });
  });
  app.put('/api/bulletins/:id/scope', (request) => {
    const { id } = request.params as { id: string };
    const found = bulletins.find((each) => each.id === id) ?? refuse('not-found');
    return Object.assign(found, { scope: request.body });
  });
  app.get('/api/callers', (request) => {
    const { attribute, text = '' } = request.query as Record<string, string>;
    const rows = callers.filter(
      (row) =>
        (!attribute || row.attributes.some((each) => each === attribute)) &&
        `${row.name} ${row.note}`.includes(text),
    );
    return { rows, total: rows.length, next: null };
  });
  app.post('/api/callers/:id/number', () => ({ number: '13800005678' }));
  app.get('/api/hotline/versions/:v/differences', (request) => {
    const { v } = request.params as { v: string };
    const { from } = request.query as { from: string };
    return { differences: differencesOf(hotlineOf(from), hotlineOf(v)) };
  });
  app.post('/api/hotline/preview', (request) => {
    const { hotline } = request.body as { hotline: unknown };
    const after = hotlineSchema.parse(hotline);
    const before = hotlineOf(String(versions[0]?.version ?? 1));
    const seats = [{ seatId: '1010', seatName: 'A区10号', signedIn: true }];
    const touched = before.queues.flatMap(({ id, name }) => {
      const now = after.queues.find((queue) => queue.id === id);
      if (now && JSON.stringify(now) === JSON.stringify(before.queues.find((q) => q.id === id))) {
        return [];
      }
      const kind = now ? 'changed' : 'removed';
      return [{ queueId: id, name, kind, waiting: 3, talking: 5, seats: now ? [] : seats }];
    });
    return { problems: [], differences: differencesOf(before, after), touched };
  });
}

function hotlineOf(version: string) {
  const found = versions.find((each) => each.version === Number(version)) ?? refuse('not-found');
  return hotlineSchema.parse(found.hotline);
}
