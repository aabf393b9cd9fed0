import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import { Hall } from '../hall.ts';

const MEGABYTE = 1_048_576;
const IDLE = 2_000;
const SLOW = 200;
/** A quarter of a megabyte is sent so often: there is time to hear the answer. */
const PART_EVERY_MS = 5;
/** A dribbled or empty request is ended by then. */
const CUT_WITHIN_MS = 30_000;

/** The web door is attacked while calls come. */
export const f19: Fault = {
  id: 'F19',
  what: 'the web door is attacked',
  injected: `10 MB of JSON, a 1 GB upload, ${SLOW} requests dribbled in, ${IDLE} idle sockets, a flood of requests`,
  inShortRun: false,
  async run(run) {
    const hall = await Hall.open({
      seats: 8,
      config: { rateLimit: { perMinute: 600, signInPerMinute: 100 } },
    });
    const sockets: Socket[] = [];
    try {
      return await attacked(hall, sockets, run);
    } finally {
      for (const socket of sockets) socket.destroy();
      await hall.close();
    }
  },
};

async function attacked(hall: Hall, sockets: Socket[], { say }: FaultRun) {
  const { url, admin } = hall.house;
  const quietMs = await answerMs(hall, 3);

  const json = await post(url, admin.cookie, '/api/people', 'application/json', 10 * MEGABYTE);
  const form = 'multipart/form-data; boundary=x';
  const upload = await post(url, admin.cookie, '/api/callers/import', form, 1_024 * MEGABYTE);
  say(`JSON ${json.status} in ${json.ms} ms; upload ${upload.status} after ${upload.sentMb} MB`);

  const cut = { slow: 0, idle: 0, said408: 0 };
  for (let n = 0; n < IDLE + SLOW; n += 1) {
    sockets.push(openSocket(url, n < SLOW ? 'slow' : 'idle', cut));
    if (n % 100 === 0) await pause(5);
  }
  const flood = await Promise.all(
    Array.from({ length: 800 }, () => fetch(`${url}/readyz`).then(({ status }) => status)),
  );
  const limited = flood.filter((status) => status === 429).length;
  const begun = performance.now();
  const attackedMs = await answerMs(hall, 5);
  await until(() => cut.slow === SLOW && cut.idle === IDLE, 'all are cut', CUT_WITHIN_MS);
  const cutS = Math.round((performance.now() - begun) / 1_000);
  say(
    `a seat talks after ${quietMs} ms in quiet, ${attackedMs} ms under attack; ${limited} of 800 limited; ${cut.said408} told 408`,
  );

  if (json.status !== 413) throw new Error(`10 MB of JSON were answered with ${json.status}`);
  if (upload.status !== 413) throw new Error(`1 GB was answered with ${upload.status}`);
  if (limited === 0) throw new Error('a flood of requests is not limited');
  if (cut.said408 < SLOW) throw new Error(`408 only ${cut.said408} times`);
  const losses = new Losses(say);
  losses.add('hung up on', hall.hungUpOn());
  await hall.empty();
  losses.add('records', hall.callers.length - hall.house.book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: null,
    note: `413 in ${json.ms} ms and after ${upload.sentMb} of 1,024 MB, ${limited} of 800 requests 429, dribbled and idle 408 and cut within ${cutS} s; a seat talked after ${quietMs} ms in quiet, ${attackedMs} ms under attack`,
  };
}

/** The longest wait of so many callers in a row, from the queue to the answered phone, by the books. */
async function answerMs(hall: Hall, callers: number): Promise<number> {
  const { book } = hall.house;
  const talking = hall.countAt('conversation');
  const dialled = await hall.crowd(callers);
  await until(() => hall.countAt('conversation') === talking + callers, 'all talk', 30_000);
  const waits = dialled.map(({ number }) => {
    const events = book.eventsOf(book.callOf(number).id);
    const at = (kind: string) => events.find((event) => event.kind === kind)?.at ?? Number.NaN;
    return at('call.connected') - at('call.queued');
  });
  return Math.max(...waits);
}

/** Posts so many bytes, until the server answers or cuts. */
function post(url: string, cookie: string, path: string, type: string, bytes: number) {
  const begun = performance.now();
  let sent = 0;
  const headers = { 'x-yihao': '1', cookie, 'content-type': type, 'content-length': bytes };
  return new Promise<{ status: number; ms: number; sentMb: number }>((resolve, reject) => {
    const sending = request(url + path, { method: 'POST', headers }, (answer) => {
      const ms = Math.round(performance.now() - begun);
      resolve({ status: answer.statusCode ?? 0, ms, sentMb: Math.round(sent / MEGABYTE) });
      sending.destroy();
    });
    // The server cuts who talks on after its answer; who gets none at all has failed.
    sending.on('error', (error) => setTimeout(reject, 1_000, error));
    const part = Buffer.alloc(MEGABYTE / 4, 'a');
    const disposition = 'Content-Disposition: form-data; name="file"; filename="a.csv"';
    if (type.startsWith('multipart')) sending.write(`--x\r\n${disposition}\r\n\r\n`);
    const more = () => {
      if (sending.destroyed || sent >= bytes - MEGABYTE) return;
      sent += part.length;
      sending.write(part, () => setTimeout(more, PART_EVERY_MS));
    };
    setTimeout(more, PART_EVERY_MS);
  });
}

/** A socket that says nothing, or a header for ever. */
function openSocket(
  url: string,
  kind: 'slow' | 'idle',
  cut: { slow: number; idle: number; said408: number },
): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let timer: NodeJS.Timeout | undefined;
  if (kind === 'slow') {
    socket.write('GET /api/session HTTP/1.1\r\nHost: a\r\n');
    timer = setInterval(() => socket.write('x: y\r\n'), 1_000);
  }
  socket.on('data', (data) => {
    if (data.toString().startsWith('HTTP/1.1 408')) cut.said408 += 1;
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(timer);
    cut[kind] += 1;
  });
  return socket;
}
