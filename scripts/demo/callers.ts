import { setTimeout as pause } from 'node:timers/promises';
import type { Hotline } from '../../config/hotline.ts';
import type { CallArgs } from '../call/args.ts';
import { conduct } from '../call/conduct.ts';
import { keysForLanguage } from '../call/language-keys.ts';
import type { CallRecords } from '../call/record.ts';
import type { Address } from '../sipp/gate.ts';
import { placeCall } from '../sipp/place-call.ts';
import { between, exponential, happens, pick } from './chance.ts';
import type { Scene } from './scene.ts';

/** Load of a weekday by the hour, from nine in the morning round the clock; 1 is the usual load. */
const dayShape = '125 130 115 70 85 120 125 110 80 65 60 55 45 35 25 20 20 20 20 25 35 60 90 110'
  .split(' ')
  .map((percent) => Number(percent) / 100);
/** A demo minute is half an hour of the hotline's day. */
const minutesPerHour = 2;

/** Mean time a seat spends on one call here, wrap-up included, and how busy the seats shall be. */
const handlingSeconds = 36;
const busyShare = 0.65;

/** Regular callers come back; their earlier calls show in the screen-pop. */
const regulars = Array.from({ length: 60 }, (_, i) => `1000${String(7_310_000 + i * 137)}`);

/** Where people call from the public network and what they say. */
export interface Town {
  exchange: Address;
  hotline: Hotline;
  records: CallRecords;
  voices: readonly Int16Array[];
  scene: Scene;
  seats: number;
}

/** Lets callers arrive until the signal aborts, then waits for the last one to leave. */
export async function letCallersCome(town: Town, signal: AbortSignal): Promise<void> {
  const begunAt = performance.now();
  const underway = new Set<Promise<void>>();
  while (!signal.aborted) {
    const hour = Math.floor((performance.now() - begunAt) / 60_000) * (1 / minutesPerHour);
    const load = dayShape[Math.floor(hour) % dayShape.length] ?? 1;
    const perSecond = (town.seats * busyShare * load) / handlingSeconds;
    await pause(1_000 * exponential(1 / perSecond), undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    const caller = oneCaller(town, signal).finally(() => underway.delete(caller));
    underway.add(caller);
  }
  await Promise.all(underway);
}

async function oneCaller(town: Town, signal: AbortSignal): Promise<void> {
  const { scene } = town;
  const plan = planCall(town.hotline);
  scene.callersNow++;
  scene.calls++;
  try {
    const since = Date.now() - 1_000;
    const sound = town.voices[Math.floor(Math.random() * town.voices.length)];
    const call = await placeCall({
      exchange: town.exchange,
      to: plan.args.to,
      from: plan.args.from,
      loop: true,
      ...(sound ? { sound } : {}),
    });
    const leave = () => void call.hangUp().catch(() => {});
    signal.addEventListener('abort', leave, { once: true });
    const look = () => town.records.find(plan.args.from, since);
    await conduct(call, plan.keys, plan.args, look);
    await call.ended;
    signal.removeEventListener('abort', leave);
    const rating = look()?.rating;
    if (rating != null) scene.ratings.push(rating);
  } catch (error) {
    console.error(`\n⚠ ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    scene.callersNow--;
  }
}

/** Who calls: which number, language and keys, how patient, how pleased. */
function planCall(hotline: Hotline): { args: CallArgs; keys: string } {
  const entry = pick(hotline.entries.map((one, at) => [one, at === 0 ? 10 : 1] as const));
  const to = entry.numbers[0] ?? '12345';
  const language = pick([
    ['zh', 80],
    ['yue', 13],
    ['en', 7],
  ] as const);
  const languageKeys = keysForLanguage(hotline, to, language) ?? '';
  const args: CallArgs = {
    to,
    from: happens(0.5)
      ? pick(regulars.map((number) => [number, 1] as const))
      : `1000${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`,
    keys: '',
    json: false,
    patience: 12 + exponential(70),
    // Some callers hang up before the agent does: they are not rated.
    seconds: happens(0.2) ? between(8, 25) : 600,
    ...(happens(0.05) ? { 'hangup-after': between(1, 6) } : {}),
    ...(happens(0.7) ? { rate: score() } : {}),
  };
  return { args, keys: languageKeys + menuKeys(hotline, entry) };
}

/** A way through the menu that leads to a queue, or a wrong key now and then. */
function menuKeys(hotline: Hotline, entry: Hotline['entries'][number]): string {
  if (entry.mode !== 'menu' || happens(0.08)) return '';
  if (happens(0.03)) return '*1';
  const keysOf = (menuId: string | null) =>
    Object.entries(hotline.menus.find(({ id }) => id === menuId)?.keys ?? {}).filter(
      ([, choice]) => !('language' in choice) && !('menu' in choice && choice.menu === 'language'),
    );
  const first = keysOf(entry.menu);
  if (first.length === 0) return '';
  const [key, choice] = pick(first.map((one) => [one, 1] as const));
  if (!('menu' in choice)) return key;
  const second = keysOf(choice.menu);
  return second.length === 0 ? key : key + pick(second.map(([name]) => [name, 1] as const));
}

function score(): string {
  return pick([
    ['5', 70],
    ['4', 14],
    ['3', 8],
    ['2', 4],
    ['1', 4],
  ] as const);
}
