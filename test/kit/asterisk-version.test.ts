import { expect, test } from 'vitest';
import { faultOfAsterisk } from '../../src/kit/asterisk-version.ts';

test.each([
  ['18.26.0', 'older'],
  ['16.2.1~dfsg-2', 'older'],
  ['20.9.1', 'CVE-2024-42365'],
  ['21.4.1', 'CVE-2024-42365'],
  ['22.11.0-rc1', 'PONG'],
])('Asterisk %s is refused: %s', (version, why) => {
  expect(faultOfAsterisk(version)?.en).toContain(why);
});

test.each([
  '20.9.2',
  '20.20.0',
  '21.4.2',
  '22.10.1',
  '22.10.1~dfsg+~cs6.15',
  '22.11.0',
  '23.4.0',
  'certified/20.7-cert3',
  'GIT-master-1234',
])('nothing is known against %s', (version) => expect(faultOfAsterisk(version)).toBeNull());
