import type { Hotline } from '../../config/hotline.ts';
import type { Peaks } from '../../src/calls/schema.ts';
import type { HotlineVersion, Prompt } from '../../src/hotline/schema.ts';
import type { AuditPage } from '../../src/people/schema.ts';
import { city } from './city.ts';
import { demoNow } from './demo-clock.ts';
import { people } from './people.ts';
import { pick, randomFrom } from './random.ts';

const random = randomFrom(7);

/** The city as it was before elders had priority. */
function before(doc: Hotline): Hotline {
  return {
    ...doc,
    queues: doc.queues.map((each) => (each.id === 'elders' ? { ...each, priority: 0 } : each)),
  };
}

/** Why each version was made and whether a person made it, newest first. */
const reasons: [string, boolean][] = [
  ['把水电气热的应答目标改为 10 秒', true],
  ['国庆期间消费维权增加第二级菜单', true],
  ['新增长者专席，优先 +1', true],
  ['首次导入示例市配置', false],
];
/** The same with the answer target of the utilities as it was. */
function slower(doc: Hotline): Hotline {
  const queues = doc.queues.map((queue) =>
    queue.id === 'utilities' ? { ...queue, serviceLevelMs: 15_000 } : queue,
  );
  return { ...doc, queues };
}

/** Versions of the hotline, newest first. */
export const versions: HotlineVersion[] = reasons.map(([why, byPerson], at) => ({
  version: 4 - at,
  at: demoNow() - at * 5 * 86_400_000 - 3_600_000,
  by: byPerson ? 'p-3' : null,
  why,
  hotline: at === 0 ? city : at === 1 ? slower(city) : before(city),
}));

const promptTexts: [string, string, string, string][] = [
  [
    'greeting',
    '您好，这里是12345政务服务便民热线，本次通话会录音。请直接说明您的诉求，马上为您接通。',
    '你好，呢度系12345政务服务便民热线，今次通话会录音。',
    'Hello, this is the 12345 city service line. This call is recorded.',
  ],
  [
    'menu-main',
    '消费维权请按1，社会保障请按2，医保与卫生请按3，公积金与城市管理请按4，企业服务请按5，人工请按0。',
    '消费维权请揿1，社会保障请揿2，人工请揿0。',
    'For consumer rights press 1, social security 2, or 0 for a person.',
  ],
  [
    'menu-consumer',
    '商家退款请按1，网络购物请按2，预付卡请按3。',
    '商家退款揿1，网络购物揿2，预付卡揿3。',
    'Shop refund press 1, online purchase 2, prepaid card 3.',
  ],
  [
    'wait-position',
    '您前面还有{n}位，预计等候{t}分钟。',
    '你前面仲有{n}位，大约要等{t}分钟。',
    'There are {n} callers ahead of you, about {t} minutes.',
  ],
  [
    'queue-closed',
    '现在不是服务时间，您可以留下号码，我们会回拨。',
    '而家唔系服务时间，你可以留低电话。',
    'We are closed at the moment. Leave your number and we will call back.',
  ],
  [
    'rating',
    '请评价本次服务：5非常满意，4满意，3基本满意，2不满意，1非常不满意。',
    '请为今次服务评分。',
    'Please rate this call from 5 to 1.',
  ],
  ['thanks', '感谢您的评价，再见。', '多谢你嘅评价，再见。', 'Thank you. Goodbye.'],
  [
    'elder',
    '您好，慢慢讲，不着急，我会一直在线。',
    '你好，慢慢讲，唔使急。',
    'Take your time; I will stay on the line.',
  ],
];

export const prompts: Prompt[] = promptTexts.map(([id, zh, yue, en], at) => ({
  id,
  texts: { zh, yue, en },
  languages: {
    zh: { source: at < 2 ? 'uploaded' : 'synthesised', seconds: 3 + zh.length * 0.19 },
    yue: {
      source: at === 7 ? 'missing' : 'synthesised',
      seconds: at === 7 ? 0 : 3 + yue.length * 0.2,
    },
    en: { source: 'synthesised', seconds: 2 + en.length * 0.06 },
  },
}));

const acts: [string, string, unknown][] = [
  ['sign-in', '', {}],
  ['call.reveal-number', 'call:01JD000871K8ZQW4T2VX7MP9', { reason: '承办单位需要联系来电人' }],
  ['recording.listen', 'call:01JD000872K8ZQW4T2VX7MP9', {}],
  ['calls.export', '', { queue: 'consumer', rows: 148 }],
  ['seat.change', 'seat:8012', { queues: ['city', 'general'] }],
  ['person.added', 'person:p-1056', { roles: ['agent'] }],
  ['sign-in.failed', 'login:agent7', {}],
  ['hotline.changed', 'hotline:4', { why: '把水电气热的应答目标改为 10 秒' }],
];

export const auditRows: AuditPage['rows'] = Array.from({ length: 140 }, (_, at) => {
  const [action, subject, detail] = pick(random, acts);
  return {
    seq: 5_000 - at,
    at: demoNow() - at * 97_000 - Math.floor(random() * 40_000),
    personName: pick(random, people).name,
    ip: `10.12.${at % 4}.${20 + (at % 70)}`,
    action,
    subject,
    detail,
  };
});

/** Two voices taking turns, as `/peaks` tells it. */
export function peaks(durationMs: number): Peaks {
  const left: number[] = [];
  const right: number[] = [];
  for (let at = 0; at < 800; at += 1) {
    const turn = Math.sin(at / 31) + 0.5 * Math.sin(at / 11);
    const loud =
      0.25 + 0.65 * Math.abs(Math.sin(at * 0.9) * Math.sin(at * 0.23)) * (0.5 + random() * 0.5);
    left.push(turn > 0.1 ? loud : 0.02 + random() * 0.02);
    right.push(turn < -0.05 ? loud * 0.9 : 0.02 + random() * 0.02);
  }
  return { durationMs, left, right };
}

/** A silent stereo WAV, so that the player has something to seek in. */
export function silentWav(durationMs: number): Buffer {
  const frames = Math.round(durationMs * 8);
  const wav = Buffer.alloc(44 + frames * 4);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(32_000, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(frames * 4, 40);
  return wav;
}
