import type { Api } from '../../scripts/demo/api.ts';
import { exchange } from '../support/house-rig.ts';
import { makeReady, staffSeat } from '../support/house-seat.ts';
import { type Ear, SipPhone } from '../support/sip-phone.ts';
import type { Hall } from './hall.ts';
import { QUEUE } from './hall-hotline.ts';

/** The names of the hall's seats, counted from 1. */
export function seatIds(from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => String(9_000 + from + n));
}

/**
 * Seats of the hall, each with an agent, a phone, and ready; four at a time.
 * @param apis of agents who have accounts already, in the same order; the others get one
 */
export async function staff(
  { house, seats }: Pick<Hall, 'house' | 'seats'>,
  ids: readonly string[],
  apis: readonly Api[],
  openEar: () => Promise<Ear>,
): Promise<void> {
  const wanted = ids.map((id, n) => ({ id, api: apis[n] }));
  const next = async () => {
    for (let want = wanted.shift(); want; want = wanted.shift()) {
      const { id, api } = want;
      const hired = api ? { id: '', api } : null;
      const staffed = await staffSeat(house, id, [QUEUE], ['agent'], hired);
      const phone = await SipPhone.open(exchange.port, id, openEar);
      seats.push({ ...staffed, phone });
      const status = await phone.register(staffed.credential.password);
      if (status !== 200) throw new Error(`the phone of seat ${id} was refused: ${status}`);
      await makeReady(staffed);
    }
  };
  await Promise.all([next(), next(), next(), next()]);
}
