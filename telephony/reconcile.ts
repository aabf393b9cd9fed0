import type { LiveChannels } from '../src/calls/ports.ts';
import type { AriChannel } from './ari-events.ts';
import type { Exchange } from './exchange.ts';
import { HomeLine } from './home-lines.ts';
import { type CallerLine, lineOf, phoneNumber } from './line.ts';
import { CalledParty } from './outside.ts';
import { plain, SeatLeg } from './ring-seat.ts';
import { roleOf } from './role.ts';

/** How the ids of seats' legs begin, wherever they are made. */
const seatLegPrefix = 'leg-';
/** The same of telephones outside that we call: to call back, an agent's own call, a further party. */
const callingPrefixes = ['back-', 'call-', 'out-'];

/** Live channels of ours that nobody here knew. */
export interface Found {
  lines: CallerLine[];
  legs: SeatLeg[];
  /** Not answered yet, or on their way from the answer to us. */
  rings: SeatLeg[];
  outside: CalledParty[];
  /** Telephones outside that ring, by channel. */
  calling: string[];
  homes: HomeLine[];
  /** Far halves of calls that were not let into their line yet. */
  atTheDoor: { seatId: string; channelId: string }[];
}

/** What was found, as the house takes it up. */
export function toLiveChannels(
  { lines, legs, rings, outside, calling }: Found,
  startedAt: number,
  hungUp: ReadonlySet<string>,
): LiveChannels {
  return {
    lines: new Map(lines.map((line) => [line.channelId, line])),
    legs: new Map(legs.map((leg) => [leg.legId, leg])),
    rings: new Map(rings.map((leg) => [leg.legId, leg])),
    outside: new Map(outside.map((party) => [party.legId, party])),
    calling,
    startedAt,
    hungUp,
  };
}

/** Nothing was found. */
export function nothing(): Found {
  return { lines: [], legs: [], rings: [], outside: [], calling: [], homes: [], atTheDoor: [] };
}

/**
 * Asks Asterisk what is true and feeds what was missed: owners of channels that are no more learn
 * it, rings that were answered meanwhile are answered, prompts that ended have ended. Channels nobody
 * owns yet are added to `found`. The event stream must be open before, or a gap remains.
 * @param restarted Asterisk is another process than when the owners last heard of it.
 */
export async function reconcile(
  exchange: Exchange,
  app: string,
  restarted: boolean,
  found: Found,
): Promise<void> {
  // Only channels known before the list was made can be missed in it.
  const known = [...exchange.owners].filter(([, owner]) => owner.isPlaced);
  const playing = exchange.playbacks.ids();
  exchange.justEntered.clear();
  const channels = new Map((await exchange.link.listChannels()).map((one) => [one.id, one]));
  for (const [channelId, owner] of known) {
    const channel = channels.get(channelId);
    if (!channel) {
      owner.ended({ why: restarted ? 'telephony-lost' : 'vanished' });
      continue;
    }
    owner.stillThere();
    if (argsIn(channel, app)) owner.entered();
  }
  const unowned = [...channels.values()].filter(({ id }) => exchange.owners.isStranger(id));
  await Promise.all(unowned.map((channel) => adopt(exchange, app, channel, found)));
  await Promise.all(
    playing.map(async (id) => {
      if (!(await exchange.link.isPlaying(id))) exchange.playbacks.over(id, false);
    }),
  );
  exchange.owners.forgetOld();
}

async function adopt(
  exchange: Exchange,
  app: string,
  channel: AriChannel,
  found: Found,
): Promise<void> {
  const args = argsIn(channel, app);
  const role = roleOf(args ?? []);
  if (role?.role === 'caller' || role?.role === 'called') {
    found.lines.push(lineOf(exchange, channel, role, null));
  } else if (role?.role === 'outside') {
    const party = { legId: channel.id, number: phoneNumber(role.number) };
    found.outside.push(new CalledParty(exchange, party, true));
  } else if (role?.role === 'home') {
    const home = { legId: channel.id, seatId: plain(role.seatId) };
    found.homes.push(new HomeLine(exchange, home, true));
  } else if (role?.role === 'home-leg') {
    const { seatId } = role;
    if (channel.state !== 'Up') found.atTheDoor.push({ seatId, channelId: channel.id });
  } else if (role?.role === 'seat') {
    const leg = await seatLegOf(exchange, channel);
    leg?.entered();
    if (leg) found.legs.push(leg);
  } else if (args === undefined && channel.id.startsWith(seatLegPrefix) && !isFarHalf(channel)) {
    const leg = await seatLegOf(exchange, channel);
    if (leg) found.rings.push(leg);
  } else if (args === undefined && channel.state !== 'Up' && isCalled(channel)) {
    found.calling.push(channel.id);
  }
}

/** The leg of a seat's channel; nothing when it has ended meanwhile. */
async function seatLegOf(exchange: Exchange, channel: AriChannel): Promise<SeatLeg | undefined> {
  const recordingId =
    channel.channelvars?.YIHAO_RECORDING ??
    (await exchange.link.readVariable(channel.id, 'YIHAO_RECORDING'));
  if (!exchange.owners.isStranger(channel.id)) return undefined;
  const [, technology, seatId = ''] = /^(PJSIP|Local)\/([^@]+)[@-]/.exec(channel.name) ?? [];
  const isOverLine = technology === 'Local';
  const leg = { legId: channel.id, seatId: plain(seatId), recordingId, isOverLine };
  const found = new SeatLeg(exchange, leg, true);
  // Answered while the list was on its way.
  if (exchange.justEntered.has(channel.id)) found.entered();
  return found;
}

function isCalled({ id }: AriChannel): boolean {
  return callingPrefixes.some((prefix) => id.startsWith(prefix));
}

/** The half of a local channel that goes to an open line. */
function isFarHalf({ name }: AriChannel): boolean {
  return name.endsWith(';2');
}

/** The arguments a channel is in our application with, or undefined when it is not in it. */
function argsIn(channel: AriChannel, app: string): string[] | undefined {
  const { app_name, app_data } = channel.dialplan;
  const [name, ...args] = app_data.split(',');
  return app_name === 'Stasis' && name === app ? args : undefined;
}
