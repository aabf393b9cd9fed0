import { expect, test } from 'vitest';
import { loadHotlineExample } from '../../config/load.ts';
import { readCallArgs } from '../../scripts/call/args.ts';
import { keysForLanguage } from '../../scripts/call/language-keys.ts';
import { resultOf } from '../../scripts/call/result.ts';
import { okTo, orderFor, parseSip, tagOf } from '../../scripts/sipp/wire.ts';

const invite = [
  'INVITE sip:9001@127.0.0.1:5062;ob SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
  'From: <sip:138@127.0.0.1>;tag=peer1',
  'To: <sip:9001@127.0.0.1>',
  'Call-ID: abc@127.0.0.1',
  'CSeq: 7 INVITE',
  '',
  'v=0\r\nc=IN IP4 127.0.0.9\r\nm=audio 21004 RTP/AVP 8 101',
].join('\r\n');

test('a SIP message is read as far as phones need it', () => {
  expect(parseSip(invite)).toMatchObject({
    method: 'INVITE',
    status: undefined,
    callId: 'abc@127.0.0.1',
    cseq: '7 INVITE',
    targetUser: '9001',
    media: { host: '127.0.0.9', port: 21_004 },
  });
  expect(tagOf(invite, 'From')).toBe('peer1');
  expect(parseSip('\r\n\r\n')).toBeUndefined();
});

test('an answer to OPTIONS belongs to the request it answers', () => {
  const answer = okTo(invite);
  expect(parseSip(answer)).toMatchObject({
    status: 200,
    callId: 'abc@127.0.0.1',
    cseq: '7 INVITE',
  });
  expect(answer).toContain('branch=z9hG4bK1');
});

test('an order has the form of a request of the same call', () => {
  const order = parseSip(orderFor('abc@127.0.0.1', 'peer1', 'hang-up'));
  expect(order).toMatchObject({ method: 'MESSAGE', callId: 'abc@127.0.0.1' });
});

test.each([
  ['12345', 'zh', ''],
  ['12345', 'yue', '#2'],
  ['12345', 'en', '#3'],
  ['12315', 'en', '3'],
  ['99999', 'en', undefined],
])('dialling %s, the language %s is chosen by the keys %s', (dialled, language, keys) => {
  expect(keysForLanguage(loadHotlineExample(), dialled, language)).toBe(keys);
});

test('the command line is checked, and the usage shown when it is wrong', () => {
  const args = readCallArgs(['--to', '12345', '--keys', '1', '--json']);
  expect(args).toMatchObject({ to: '12345', keys: '1', rate: '5', json: true, seconds: 120 });
  expect(readCallArgs(['--rate', 'none']).rate).toBeUndefined();
  expect(() => readCallArgs(['--to', 'abc'])).toThrow(/npm run call/);
  expect(() => readCallArgs(['--colour', 'red'])).toThrow(/npm run call/);
});

test('a call nobody answered is reported as such', () => {
  const record = {
    id: 'c1',
    stage: null,
    entry: 'main',
    language: 'zh',
    queue: 'consumer',
    seat: null,
    agent: null,
    connectedAt: null,
    endedAt: 5,
    waitedMs: 900,
    ringMs: null,
    talkMs: null,
    rating: null,
    ending: 'left-while-waiting',
  };
  expect(resultOf(record, null)).toEqual({
    answered: false,
    entry: 'main',
    language: 'zh',
    queue: 'consumer',
    seat: null,
    agent: null,
    waitedMs: 900,
    ringMs: null,
    talkMs: null,
    rating: null,
    ending: 'left-while-waiting',
    recording: null,
  });
});
