import { z } from 'zod';
import { Api } from '../../scripts/demo/api.ts';
import { exchange, type House } from './house-rig.ts';
import { SipPhone } from './sip-phone.ts';
import { until } from './until.ts';

const credential = z.object({ user: z.string(), password: z.string() });

/** An agent at a seat whose phone is a SIP phone in our hands. */
export interface StaffedSeat {
  seatId: string;
  agentId: string;
  /** The agent's own session. */
  api: Api;
  credential: { user: string; password: string };
}

/** A seat, an account and the agent signed in there, not ready, without a phone yet. */
export async function staffSeat(
  house: House,
  seatId: string,
  queueIds: readonly string[],
  roles: readonly string[] = ['agent'],
  hired: { id: string; api: Api } | null = null,
): Promise<StaffedSeat> {
  const queues = queueIds.map((queueId) => ({ queueId, level: 1 }));
  await house.admin.send('POST', '/seats', { id: seatId, name: seatId, phone: 'sip', queues });
  const phone = credential.parse(await house.admin.send('POST', `/seats/${seatId}/phone`));
  const login = `agent-${seatId}`;
  const { id, api } = hired ?? (await openAccount(house, login, seatId, roles));
  await api.send('POST', '/desk/sign-in', { seatId });
  return { seatId, agentId: id, api, credential: phone };
}

/** A new account, signed in, its one-time password changed as people have to. */
export async function openAccount(
  house: House,
  login: string,
  staffNo: string,
  roles: readonly string[],
  name = login,
): Promise<{ id: string; api: Api; password: string }> {
  const person = { login, name, staffNo, team: '', roles };
  const shape = z.object({ password: z.string(), person: z.object({ id: z.string() }) });
  const made = shape.parse(await house.admin.send('POST', '/people', person));
  const api = new Api(house.url);
  const password = `Changed-${made.password}`;
  await api.send('POST', '/session', { login, password: made.password });
  await api.send('POST', '/session/password', {
    oldPassword: made.password,
    newPassword: password,
  });
  return { id: made.person.id, api, password };
}

export interface ReadySeat extends StaffedSeat {
  phone: SipPhone;
}

/** A staffed seat with the small SIP phone of the tests, ready for calls. */
export async function openSeat(
  house: House,
  seatId: string,
  queueIds: readonly string[] = ['consumer'],
  roles?: readonly string[],
): Promise<ReadySeat> {
  const seat = await openPhone(await staffSeat(house, seatId, queueIds, roles));
  await makeReady(seat);
  return seat;
}

/** A shift leader at a seat of no queue, not ready. */
export async function openLeader(house: House, seatId: string): Promise<ReadySeat> {
  return openPhone(await staffSeat(house, seatId, [], ['agent', 'leader']));
}

/** Registers the small SIP phone of the tests for a staffed seat. */
async function openPhone(seat: StaffedSeat): Promise<ReadySeat> {
  const { seatId } = seat;
  const phone = await SipPhone.open(exchange.port, seatId);
  const status = await phone.register(seat.credential.password);
  if (status !== 200) throw new Error(`the seat's phone was refused: ${status}`);
  return { ...seat, phone };
}

/**
 * Makes a seat ready, as soon as the exchange knows where its phone is. One that registers while the
 * exchange is still taking its account in is asked for a sign of life at the next turn only, within the
 * thirty seconds of `qualify_frequency` (telephony/endpoints.ts): of 400 made in a row, one or two.
 */
export async function makeReady(seat: StaffedSeat): Promise<void> {
  let refusal: unknown = null;
  await until(
    () =>
      seat.api.send('POST', '/desk/ready').then(
        () => true,
        (error: unknown) => {
          refusal = error;
          return false;
        },
      ),
    `seat ${seat.seatId} ready`,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${String(refusal)}`);
  });
}
