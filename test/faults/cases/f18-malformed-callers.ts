import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { exchange } from '../../support/house-rig.ts';
import { type Ear, type PhoneCall, SipPhone } from '../../support/sip-phone.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { openHush } from '../hush.ts';
import { inHall } from '../in-hall.ts';

/** Who says to be calling: what a broken or hostile exchange may put into a `From` header. */
const callers: Readonly<Record<string, string>> = {
  markup: '"<script>INJECTED</script>" <sip:13911110001@127.0.0.1>',
  quotes: String.raw`"\"}, INJECTED {\"level\":60" <sip:13911110002@127.0.0.1>`,
  'control characters': '"a\u0007\u001b[2JINJECTED\u0008\u007f" <sip:13911110003@127.0.0.1>',
  'UTF-8': '"市民\u202e张三👵" <sip:13911110004@127.0.0.1>',
  'not UTF-8': '"\udfff\ud800" <sip:13911110005@127.0.0.1>',
  'line breaks': '"a" <sip:139%0d%0aINJECTED:%20yes@127.0.0.1>',
  SQL: `"a" <sip:1'%3BDROP%20TABLE%20calls%3B--INJECTED@127.0.0.1>`,
  'a number of 600 digits': `<sip:${'9'.repeat(600)}@127.0.0.1>`,
  'letters for a number': '<sip:市民INJECTED@127.0.0.1>',
  nobody: '"Anonymous" <sip:anonymous@anonymous.invalid>',
  'a name of 10 KB': `"${'A'.repeat(10_240)}" <sip:13911110006@127.0.0.1>`,
};

const STORM_KEYS_PER_SECOND = 50;
const STORM_MS = 3_000;
const ANSWER_WITHIN_MS = 4_000;
/** So many strangers call at once, and so many seats there are for them. */
const TOGETHER = 4;

/** In the greeting a key would be a choice: who is to talk or to wait presses from then on. */
const storm = { rages: false };

export const f18: Fault = {
  id: 'F18',
  what: 'callers with malformed ids; a storm of keys',
  injected: 'eleven hostile From headers; 50 keys a second in the menu, waiting and talking',
  inShortRun: true,
  run: (run) => inHall({ seats: TOGETHER }, (hall) => malformed(hall, run)),
};

async function malformed(hall: Hall, run: FaultRun) {
  const losses = new Losses(run.say);
  const refused: string[] = [];
  let routed = 0;
  const all = Object.entries(callers);
  while (all.length > 0) {
    const some = all.splice(0, TOGETHER);
    const talked = await talkedTo(
      hall,
      some.map(([, from]) => from),
    );
    routed += talked.filter(Boolean).length;
    refused.push(...some.flatMap(([what], n) => (talked[n] ? [] : [what])));
  }
  run.say(`refused by the exchange: ${refused.join(', ') || 'none'}`);
  const calls = await stormOfKeys(hall, losses);

  await hall.empty();
  const { book, dataDir } = hall.house;
  losses.add('records', routed + calls - book.count().all);
  const strange = storedCallers(dataDir).filter((caller) => !/^[0-9+*#]{0,32}$/.test(caller));
  losses.add(`numbers stored as they came: ${strange.join(' ')}`, strange.length);
  losses.add('lines put into the log', injectedLines(join(dataDir, 'server.log')));
  return {
    before: routed + calls,
    lost: losses.total,
    doubled: hall.greetedTwice(),
    recoveryMs: null,
    note: `${routed} of ${Object.keys(callers).length} ids routed to a seat and stored as plain numbers, ${refused.length} refused by the exchange; nothing in the log`,
  };
}

/** Strangers call together. @returns whom the exchange let in; seats have talked to them */
async function talkedTo(hall: Hall, strangers: readonly string[]): Promise<boolean[]> {
  const { book } = hall.house;
  const phones = await Promise.all(
    strangers.map(() => SipPhone.open(exchange.port, 'stranger', openHush)),
  );
  const calls = await Promise.all(phones.map((phone, n) => phone.call('12315', strangers[n])));
  const late = pause(ANSWER_WITHIN_MS).then(() => null);
  const answers = await Promise.all(calls.map(({ answered }) => Promise.race([answered, late])));
  const isIn = answers.map((status) => status === 200);
  const count = isIn.filter(Boolean).length;
  await until(() => hall.countAt('conversation') === count, 'a seat talks to each of them');
  for (const [n, call] of calls.entries()) if (isIn[n]) call.hangUp();
  await until(() => book.count().all === book.count().ended, 'their calls are closed');
  await until(() => hall.falseSeats().length === 0, 'the seats are ready again');
  for (const phone of phones) phone.close();
  return isIn;
}

/** Keys by the dozen from callers who talk, who waits and who is in the menu, while a quiet one calls. */
async function stormOfKeys(hall: Hall, losses: Losses): Promise<number> {
  const stormy = await hall.crowd(TOGETHER, openStorm);
  await until(() => hall.countAt('conversation') === TOGETHER, 'all seats talk');
  stormy.push(await hall.dial(openStorm));
  await until(() => hall.countAt('waiting') === 1, 'one waits');
  storm.rages = true;
  const phone = await SipPhone.open(exchange.port, '13911119999', openStorm);
  try {
    const inMenu = await phone.call('12345');
    await settled(inMenu);
    await pause(STORM_MS);
    const quiet = await hall.dial();
    await hall.house.book.reaches(quiet.number, 'waiting');
    for (const caller of stormy) losses.add('hung up on', caller.wasHungUpOn ? 1 : 0);
    for (const caller of stormy) caller.hangUp();
    await hall.house.book.reaches(quiet.number, 'conversation');
    inMenu.hangUp();
    await hall.house.book.closes('13911119999');
    return stormy.length + 2;
  } finally {
    phone.close();
  }
}

async function settled(call: PhoneCall): Promise<void> {
  const status = await call.answered;
  if (status !== 200) throw new Error(`answered with ${status}`);
}

/** An ear that presses a key every 20 ms (RFC 4733), each a tenth of a second long by its own account. */
async function openStorm(): Promise<Ear> {
  const hush = await openHush();
  const mouth = createSocket('udp4').unref();
  let timer: NodeJS.Timeout | undefined;
  let count = 0;
  const press = (port: number) => {
    if (!storm.rages) return;
    count += 1;
    const packet = Buffer.alloc(16);
    packet.writeUInt16BE(0x80e5, 0);
    packet.writeUInt16BE(count % 65_536, 2);
    packet.writeUInt32BE(count * 160, 4);
    packet.writeUInt32BE(0x9abc, 8);
    packet.writeUInt8(count % 12, 12);
    packet.writeUInt8(0x8a, 13);
    packet.writeUInt16BE(800, 14);
    mouth.send(packet, port, '127.0.0.1');
  };
  return {
    port: hush.port,
    heard: hush.heard,
    talkTo(port) {
      if (timer === undefined && port !== 0) {
        timer = setInterval(press, 1_000 / STORM_KEYS_PER_SECOND, port);
      }
    },
    tone() {},
    press() {},
    fallSilent: () => clearInterval(timer),
    close: () => clearInterval(timer),
  };
}

function storedCallers(dataDir: string): string[] {
  const db = new Database(join(dataDir, 'yihao.sqlite'), { readonly: true });
  const callers = db.prepare<[], string>('SELECT caller FROM calls').pluck().all();
  db.close();
  return callers;
}

/** Lines that are not the server's own, or carry what a caller said. */
function injectedLines(file: string): number {
  const isOwn = (line: string) => line.startsWith('{"level":') && !line.includes('INJECTED');
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !isOwn(line)).length;
}
