import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Hotline, hotlineShape } from '../../config/hotline.ts';
import { Api, ApiRefusal } from './api.ts';

/** A robot agent at a seat: its own session, its seat and the account of the seat's phone. */
export interface Member {
  api: Api;
  seatId: string;
  phone: { user: string; password: string };
}

const firstSeat = 9_001;
const seatsPerQueue = 10;

const names =
  '陈静 李敏 王芳 张丽 刘洋 黄欣 周婷 吴倩 徐磊 孙悦 朱琳 马超 胡雪 郭佳 林涛 何洁 高远 梁晨 郑爽 罗兰 宋佳 谢宁 唐瑶 韩冰'.split(
    ' ',
  );

/** The configuration in force, as every signed-in person may read it. */
export async function readHotline(operator: Api): Promise<Hotline> {
  const answer = z.object({ hotline: hotlineShape }).parse(await operator.send('GET', '/hotline'));
  return answer.hotline;
}

/** Makes the seats and accounts that are missing, and signs every robot in at its seat. */
export async function gatherStaff(
  operator: Api,
  origin: string,
  hotline: Hotline,
  count: number,
): Promise<Member[]> {
  const accounts = await existingAccounts(operator);
  const seats = await existingSeats(operator);
  const staff: Member[] = [];
  for (let index = 0; index < count; index++) {
    const seatId = String(firstSeat + index);
    await arrangeSeat(operator, seatId, seatQueues(hotline, index, count), seats.has(seatId));
    const login = `robot-${seatId}`;
    const password = await oneTimePassword(operator, login, index, accounts.get(login));
    const phone = z
      .object({ user: z.string(), password: z.string() })
      .parse(await operator.send('POST', `/seats/${seatId}/phone`));
    staff.push({ api: await signIn(origin, login, password), seatId, phone });
  }
  return staff;
}

/** Queues next to each other, so many that every queue has about ten seats, and the general one. */
function seatQueues(
  hotline: Hotline,
  index: number,
  seats: number,
): { queueId: string; level: number }[] {
  const ids = hotline.queues.map((queue) => queue.id);
  const width = Math.min(ids.length, Math.max(2, Math.ceil((seatsPerQueue * ids.length) / seats)));
  const own = Array.from({ length: width }, (_, step) => ids[(index + step) % ids.length]);
  const chosen = [...new Set([...own, hotline.entries[0]?.queue])];
  return chosen
    .filter((queueId) => queueId !== undefined)
    .map((queueId, place) => ({ queueId, level: Math.min(9, place + 1) }));
}

async function existingSeats(operator: Api): Promise<Set<string>> {
  const shape = z.object({ rows: z.array(z.object({ id: z.string() })) });
  const { rows } = shape.parse(await operator.send('GET', '/seats'));
  return new Set(rows.map(({ id }) => id));
}

async function existingAccounts(operator: Api): Promise<Map<string, string>> {
  const shape = z.object({ rows: z.array(z.object({ id: z.string(), login: z.string() })) });
  const { rows } = shape.parse(await operator.send('GET', '/people'));
  return new Map(rows.map(({ login, id }) => [login, id]));
}

async function arrangeSeat(
  operator: Api,
  id: string,
  queues: { queueId: string; level: number }[],
  exists: boolean,
): Promise<void> {
  const name = `演示座席 ${id}`;
  if (!exists) await operator.send('POST', '/seats', { id, name, phone: 'sip', queues });
  else await operator.send('PATCH', `/seats/${id}`, { queues });
}

async function oneTimePassword(
  operator: Api,
  login: string,
  index: number,
  personId: string | undefined,
): Promise<string> {
  const shape = z.object({ password: z.string() });
  if (personId !== undefined) {
    return shape.parse(await operator.send('POST', `/people/${personId}/password`)).password;
  }
  const name = `${names[index % names.length] ?? '演示'}${index < names.length ? '' : index}`;
  const staffNo = `R${String(index + 1).padStart(3, '0')}`;
  const person = { login, name, staffNo, team: '演示', roles: ['agent'] };
  return shape.parse(await operator.send('POST', '/people', person)).password;
}

/** Signs in with the one-time password and puts a lasting one in its place, as people have to. */
async function signIn(origin: string, login: string, oneTime: string): Promise<Api> {
  const api = new Api(origin);
  await api.send('POST', '/session', { login, password: oneTime });
  const newPassword = `A1-${randomBytes(18).toString('base64url')}`;
  await api.send('POST', '/session/password', { oldPassword: oneTime, newPassword });
  return api;
}

/** The robot sits down. A seat it still holds from a run that was cut off is given up first. */
export async function sitDown({ api, seatId }: Member): Promise<void> {
  try {
    await api.send('POST', '/desk/sign-in', { seatId });
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    await api.send('POST', '/desk/sign-out');
    await api.send('POST', '/desk/sign-in', { seatId });
  }
  await api.send('POST', '/desk/ready');
}
