import { pause } from '../../support/until.ts';
import { audible } from '../audible.ts';
import type { BrowserAgent } from '../browser-agent.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHallWithBrowser } from '../in-hall.ts';

/** The exchange gives a browser's phone up after ten seconds without sound; then the grace begins. */
const GRACE_MS = 25_000;

/** The network of an agent who works in a browser goes away in a call, for 5 to 60 s. */
export const f13: Fault = {
  id: 'F13',
  what: "an agent's network is away in a call",
  injected: 'all of Chromium stands still: neither sound nor signalling for 5, 20 and 60 s',
  inShortRun: false,
  inBrowser: true,
  run: (run) => inHallWithBrowser(GRACE_MS, (hall, agent) => away(hall, agent, run)),
};

async function away(hall: Hall, agent: BrowserAgent, { say }: FaultRun) {
  const { book } = hall.house;
  const losses = new Losses(say);
  const first = await audible(hall);
  await agent.answer();
  await first.hearsAgent();
  const other = await hall.dial();
  await book.reaches(other.number, 'waiting');

  agent.sleep();
  await pause(5_000);
  agent.wake();
  await first.hearsAgent();
  losses.add('call given up in 5 s', first.rejoins());

  agent.sleep();
  await first.hearsApology();
  await pause(10_000);
  agent.wake();
  const begun = performance.now();
  await first.rejoined(1, GRACE_MS);
  await first.hearsAgent();
  const recoveryMs = performance.now() - begun;
  say(`back after 20 s: in the call again after ${Math.round(recoveryMs)} ms`);

  agent.sleep();
  await first.hearsApology();
  await book.reaches(first.caller.number, 'waiting', GRACE_MS + 30_000);
  await hall.staffMore();
  await book.reaches(first.caller.number, 'conversation');
  losses.add('place at the head', book.callOf(other.number).stage === 'waiting' ? 0 : 1);
  await pause(20_000);
  agent.wake();
  losses.add('hung up on', hall.hungUpOn());
  await hall.empty();
  losses.add('records', hall.callers.length - book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs,
    note: 'after 5 s the two simply talked on; after 20 s the caller, who had heard an apology and music, had the same agent again; after 60 s the caller had been served first by the next seat',
  };
}
