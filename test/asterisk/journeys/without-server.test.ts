import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { exchange, type House, openHouse } from '../../support/house-rig.ts';
import { openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { strengthOf } from '../../support/rtp-ear.ts';
import { SipPhone } from '../../support/sip-phone.ts';
import { until } from '../../support/until.ts';

// No server for longer than a site allows: the exchange serves its callers alone.
const afterSeconds = 2;
const ringSeconds = 3;
const emergencySeat = '9001';
let house: House;
let seat: ReadySeat;
const phones: SipPhone[] = [];

beforeAll(async () => {
  const withoutServer = { afterSeconds, emergencySeats: [emergencySeat], ringSeconds };
  house = await openHouse({ asProcess: true, withoutServer });
  seat = await openSeat(house, emergencySeat);
  await killServer();
});

async function killServer() {
  const server = house.process;
  if (!server) throw new Error('no process');
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}

afterAll(async () => {
  for (const phone of phones) phone.close();
  seat?.phone.close();
  await house?.close();
});

async function nothingLeft(): Promise<boolean> {
  const { channels, bridges } = await house.left();
  return channels.length + bridges.length === 0;
}

async function dial(number: string) {
  const phone = await SipPhone.open(exchange.port, number);
  phones.push(phone);
  return phone.call('12315');
}

test('callers without a server reach the emergency seat, then may leave their number; both are in the records', async () => {
  const served = await dial('13800002001');
  expect(await served.answered).toBe(200);
  await until(() => seat.phone.rung.length === 1, 'the emergency seat rings');
  const [rung] = seat.phone.rung;
  expect(rung?.invite?.headers.get('from')?.join()).not.toContain('13800002001');
  if (!rung) throw new Error('nothing rang');
  rung.ear.tone(880);
  await until(() => strengthOf(served.ear.heard.slice(-800), 880) > 1_000, 'they hear each other');
  served.hangUp();
  await rung.over;

  seat.phone.manner = 'ring';
  const wishes = await dial('13800002002');
  const leaves = await dial('13800002003');
  const stays = await dial('13800002004');
  await until(() => seat.phone.rung.length > 1, 'it rings again');
  // The key counts once the announcement has asked for it: pressed again until the exchange hangs up.
  const pressing = setInterval(() => wishes.ear.press('1'), 1_000);
  await wishes.over.finally(() => clearInterval(pressing));
  leaves.hangUp();
  await stays.answered;

  await house.startServer();
  const { book } = house;
  const numbers = ['13800002001', '13800002002', '13800002003'];
  await until(() => numbers.every((each) => book.callsOf(each).length === 1), 'all are there');
  expect(numbers.map((each) => book.callOf(each).ending)).toEqual([
    'served-without-server',
    'call-back-requested',
    'left-without-server',
  ]);
  const wished = book.eventsOfKind('call.call-back-requested').map(({ callId }) => callId);
  expect(wished).toEqual([book.callOf('13800002002').id]);
  // Who has heard the announcement comes to the queue under the own number, as everybody else.
  await until(() => book.callsOf('13800002004').length === 1, 'who stayed has come in');
  stays.hangUp();
  await book.closes('13800002004');
  await until(nothingLeft, 'no channel and no bridge is left');
});

/** A server that takes callers and writes nothing down. */
async function openDoomedServer(): Promise<{ took: number; socket: WebSocket }> {
  const { ariUrl, ariUser, ariPassword } = house.asterisk;
  const query = `app=yihao&subscribeAll=false&api_key=${ariUser}:${ariPassword}`;
  const socket = new WebSocket(`${ariUrl.replace('http', 'ws')}/ari/events?${query}`);
  const doomed = { took: 0, socket };
  socket.on('message', (data: Buffer) => {
    if (data.toString().includes('"StasisStart"')) doomed.took += 1;
  });
  await once(socket, 'open');
  return doomed;
}

test('who was taken by a server that died before it wrote the call down is in the records', async () => {
  await killServer();
  const heardMusic = await dial('13800002011');
  expect(await heardMusic.answered).toBe(200);
  const doomed = await openDoomedServer();
  const heardNothing = await dial('13800002012');
  await until(() => doomed.took === 2, 'both are taken');
  doomed.socket.terminate();
  heardMusic.hangUp();
  heardNothing.hangUp();

  await house.startServer();
  const { book } = house;
  const numbers = ['13800002011', '13800002012'];
  await until(() => numbers.every((each) => book.callsOf(each).length === 1), 'both');
  expect(numbers.map((each) => book.callOf(each).ending)).toEqual([
    'left-without-server',
    'left-without-server',
  ]);
});
