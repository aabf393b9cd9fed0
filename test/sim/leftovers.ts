import { createCounting } from '../../src/counting/fold.ts';
import { recompute } from '../../src/floor/fold.ts';
import { shanghaiMidnight } from '../../src/kit/shanghai.ts';
import { limitsOf } from '../support/limits.ts';
import { fail } from './book.ts';
import { promisedMs, type Server } from './server.ts';
import type { World } from './world.ts';

/** How long house and exchange may disagree before it counts: commands and events travel. */
const GRACE_MS = 3_000;
const FAULT_GRACE_MS = 180_000;
/** A hang-up on a bad day: slow both ways, refused and asked again. */
const HANG_UP_MS = 30_000;
/** Notes come after the end. */
const NOTES_MS = 1_800_000;

/** What the house believes is what the exchange has: nobody in silence, nobody forgotten. */
export function checkTruth({ checker, link, timeline, faults, options }: World): void {
  const { now } = timeline;
  if (options.faults && now - faults.lastAt < FAULT_GRACE_MS) return;
  const { lines, legs } = link.exchange;
  const known = new Set<string>();
  for (const { channelId, state, endedAt } of checker.calls.values())
    if (state === 'ended' && now - endedAt < HANG_UP_MS) known.add(channelId);
  for (const call of checker.live.values()) {
    known.add(call.channelId);
    // Nobody is on the line for a virtual caller until they are reached.
    if (call.stage === 'virtual') continue;
    const line = lines.get(call.channelId);
    if (now - call.stageAt < GRACE_MS || call.tainted) continue;
    if (!line) fail(`${call.callId} lives on in ${call.stage} without a caller`);
    const isStill = now - line.soundSince > GRACE_MS && line.sound === 'silence';
    if (isStill && call.state !== 'in-house') fail(`${call.callId} is ${call.state} in silence`);
    const leg = [...legs.values()].find(({ seatId }) => seatId === call.talk?.seatId);
    const isApart = leg?.state === 'up' && !call.talk?.held && line.sound !== 'talk';
    if (isApart && now - line.soundSince > GRACE_MS)
      fail(`${call.callId} hears ${line.sound} instead of seat ${leg.seatId}`);
    if (call.stage === 'waiting' && call.state === 'in-house')
      fail(`${call.callId} waits and stands in no queue`);
    if (call.state === 'talking' && call.stage !== 'conversation')
      fail(`${call.callId} talks in ${call.stage}`);
  }
  for (const line of lines.values()) {
    if (now - line.arrivedAt > GRACE_MS && !known.has(line.id))
      fail(`${line.id} is on the line and has no call`);
  }
  for (const leg of legs.values()) {
    const call = checker.live.get(leg.callId);
    const isWanted = call?.ring?.seatId === leg.seatId || call?.talk?.seatId === leg.seatId;
    if (!isWanted && !call?.tainted)
      fail(
        `seat ${leg.seatId} has a leg ${leg.state} for ${leg.callId}, ${call?.state ?? 'ended'}`,
      );
  }
  for (const [legId, times] of link.exchange.rung)
    if (times > 1) fail(`I6: ${legId} was rung ${times} times`);
  const [number] = link.exchange.rungTwice;
  if (number !== undefined) fail(`${number} is called twice at once`);
  link.exchange.rung.clear();
}

/** Every record tells what the events told, and the live figures are those of the log. */
export function checkStore({ checker, timeline }: World, server: Server): void {
  for (const call of checker.calls.values()) {
    if (call.ending === null || call.tainted || timeline.now - call.endedAt < NOTES_MS) continue;
    checker.forget(call.callId);
    const record = server.repo.call(call.callId);
    if (!record) fail(`I4: ${call.callId} has no record`);
    const wanted = { ending: call.ending, rating: call.rating, stage: null };
    for (const [name, value] of Object.entries(wanted)) {
      const stored = record[name as keyof typeof wanted];
      if (stored !== value)
        fail(`${call.callId}: ${name} is ${stored} in its record, should be ${value}`);
    }
    if ((record.connectedAt !== null) !== call.connects > 0)
      fail(`${call.callId}: connectedAt is ${record.connectedAt}`);
    if (call.connects > 0 && record.talkEndedAt === null)
      fail(`${call.callId} ended and its talk did not`);
    for (const { id, state } of server.repo.recordingsOf(call.callId)) {
      const isOld = timeline.now - (record.endedAt ?? 0) > 60_000;
      if (state === 'running' && isOld)
        fail(`recording ${id} of ${call.callId} was never finished`);
    }
  }
  const { fold, eventLog } = server;
  const midnight = shanghaiMidnight(timeline.now);
  fold.turnTo(timeline.now);
  const anew = recompute(limitsOf(promisedMs), eventLog.readSince({ atMs: midnight }));
  anew.turnTo(timeline.now);
  const live = JSON.stringify([fold.today(), fold.quarters(timeline.now)]);
  const again = JSON.stringify([anew.today(), anew.quarters(timeline.now)]);
  if (live !== again) fail(`floor: live ${live}, from the log ${again}`);
}

/** After the last call nothing is left: no timer, leg, bridge, request, nobody on the line. */
export function checkEmpty(world: World, server: Server): void {
  const { link, checker, agents } = world;
  const { lines, legs, bridges, calling } = link.exchange;
  checkStore(world, server);
  for (const call of checker.live.values()) {
    // Whose events went with the disk, and who left before the next start: nothing tells of them.
    if (!call.isLost) fail(`${call.callId} never ended (${call.stage}, ${call.state})`);
  }
  if (server.floor.liveCalls.count > 0) fail(`${server.floor.liveCalls.count} calls are left`);
  if (lines.size > 0) fail(`callers are left: ${[...lines.keys()].join()}`);
  if (calling.size > 0) fail(`telephones ring: ${[...calling.keys()].join()}`);
  if (legs.size > 0) fail(`legs are left: ${[...legs.keys()].join()}`);
  if (bridges.size > 0) fail(`bridges are left: ${[...bridges.keys()].join()}`);
  for (const seat of server.floor.dispatcher.engine.seats())
    fail(`seat ${seat.seatId} is left ${seat.state}`);
  if (server.clock.alarms > 0) fail(`${server.clock.alarms} timers are left`);
  for (const { agentId, openRequests } of agents)
    if (openRequests > 0) fail(`${agentId} waits for ${openRequests} answers`);
  if (server.repo.live().length > 0) fail(`${server.repo.live().length} records never ended`);
  checkForgotten(server);
}

/** The figures keep what they remember of live calls, also over a restart: nothing of an ended one is among it. */
function checkForgotten({ eventLog }: Server): void {
  const counting = createCounting({ limits: limitsOf(promisedMs), count() {} });
  const ended = new Set<string>();
  for (const event of eventLog.readSince({ afterSeq: 0 })) {
    counting.apply(event);
    if (event.kind === 'call.ended') ended.add(event.callId);
  }
  const kept = counting.state().calls.filter(([callId]) => ended.has(callId));
  if (kept.length > 0) fail(`the figures still remember ${kept.map(([callId]) => callId).join()}`);
}
