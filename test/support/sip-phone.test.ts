import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildSip, header, parseSip, type SipMessage, sdp } from './sip-message.ts';
import { SipPhone } from './sip-phone.ts';
import { until } from './until.ts';

let exchange: Socket;
let phone: SipPhone;
let answers: SipMessage[];

beforeEach(async () => {
  answers = [];
  exchange = createSocket('udp4');
  await new Promise<void>((done) => exchange.bind(0, '127.0.0.1', done));
  exchange.on('message', (packet) => answers.push(parseSip(packet.toString())));
  phone = await SipPhone.open(exchange.address().port, '9001');
});

afterEach(() => {
  phone.close();
  exchange.close();
});

function send(method: string, sequence = 1): void {
  const headers: [string, string][] = [
    ['Via', `SIP/2.0/UDP 127.0.0.1:${exchange.address().port};branch=z9hG4bK-${sequence}`],
    ['From', '<sip:12315@127.0.0.1>;tag=x'],
    ['To', '<sip:9001@127.0.0.1>'],
    ['Call-ID', 'one'],
    ['CSeq', `${sequence} ${method}`],
    ['Contact', '<sip:asterisk@127.0.0.1>'],
  ];
  const text = buildSip(`${method} sip:9001@127.0.0.1 SIP/2.0`, headers, sdp(4_000));
  exchange.send(text, phone.port, '127.0.0.1');
}

const statuses = (method: string) =>
  answers
    .filter((answer) => header(answer, 'cseq').endsWith(method))
    .map(({ status, body }) => ({ status, hasSdp: body !== '' }));

test('a repeated INVITE is the same call, and hears once more what was said', async () => {
  phone.manner = 'ring';
  send('INVITE');
  send('INVITE');
  await until(() => phone.rung.length === 1);
  send('INVITE');
  await until(() => answers.length >= 2);
  expect(new Set(statuses('INVITE').map(({ status }) => status))).toEqual(new Set([180]));
  expect(phone.rung).toHaveLength(1);

  phone.rung[0]?.answer();
  send('INVITE');
  await until(() => statuses('INVITE').filter(({ status }) => status === 200).length >= 2);
  expect(statuses('INVITE').at(-1)).toEqual({ status: 200, hasSdp: true });

  send('BYE', 2);
  await phone.rung[0]?.over;
  send('BYE', 2);
  await until(() => statuses('BYE').length === 2);
  expect(statuses('BYE').map(({ status }) => status)).toEqual([200, 200]);
});

test('a refused INVITE that is repeated does not ring again', async () => {
  phone.manner = 486;
  send('INVITE');
  await until(() => answers.length === 1);
  send('INVITE');
  await until(() => answers.length === 2);
  expect(statuses('INVITE').map(({ status }) => status)).toEqual([486, 486]);
  expect(phone.rung).toHaveLength(1);
  // Nothing is left to hang up.
  phone.rung[0]?.hangUp();
});
