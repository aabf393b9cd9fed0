import { expect, it } from 'vitest';
import { createIceServers } from '../../src/seats/ice-servers.ts';
import { FakeClock } from '../support/fake-clock.ts';

const secret = 'north-wind-in-the-pines';

it('a TURN server comes with a password that expires, a STUN server plain, and no secret', () => {
  const clock = new FakeClock(1_433_022_716_000);
  const servers = [
    { urls: ['turn:turn.city:3478', 'turns:turn.city:443?transport=tcp'], secret },
    { urls: ['stun:turn.city'] },
  ];
  const of = createIceServers({ servers, goodForMs: 12 * 3_600_000, clock });
  // By openssl: printf 1433065916:1001 | openssl dgst -sha1 -hmac north-wind-in-the-pines -binary | base64
  const credential = '84Uuejvt9ZwdoDzYY0Qo/N28F+k=';
  expect(of('1001')).toEqual([
    { urls: servers[0]?.urls, username: '1433065916:1001', credential },
    { urls: ['stun:turn.city'] },
  ]);
});

it('nobody gets the password of another, nor the same again later', async () => {
  const clock = new FakeClock();
  const servers = [{ urls: ['turn:turn.city'], secret }];
  const of = createIceServers({ servers, goodForMs: 60_000, clock });
  const passwords = [of('li'), of('wang')];
  await clock.advance(1_000);
  passwords.push(of('li'));
  expect(new Set(passwords.map((each) => each[0]?.credential)).size).toBe(3);
});
