import { createSocket } from 'node:dgram';
import { Gate } from '../../scripts/sipp/gate.ts';
import { startSipp } from '../../scripts/sipp/sipp.ts';
import { exchange } from './house-rig.ts';

interface CrowdRequest {
  /** The number all of them dial. */
  to: string;
  /** What all their numbers begin with. */
  from: string;
  count: number;
  perSecond: number;
  /** So many on the line at most: a house on a busy machine is not drowned. */
  atOnce: number;
}

/**
 * Many SIPp callers one after the other, each from a number of their own, who wait until they
 * are hung up on. Resolves when the last has ended.
 * @returns SIPp's word: 0 when every call was answered and ended as it should
 */
export async function crowd(request: CrowdRequest): Promise<number | null> {
  const { to, from, count, perSecond, atOnce } = request;
  const ear = createSocket('udp4');
  await new Promise<void>((done) => ear.bind(0, '127.0.0.1', done));
  const gate = await Gate.open(exchange, () => ear.address().port);
  try {
    const options = ['-m', String(count), '-r', String(perSecond), '-l', String(atOnce)];
    const sipp = await startSipp('crowd', gate, { to, from }, options);
    return (await sipp.ended).code;
  } finally {
    gate.close();
    ear.close();
  }
}
