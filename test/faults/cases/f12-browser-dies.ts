import { pause } from '../../support/until.ts';
import { audible } from '../audible.ts';
import type { BrowserAgent } from '../browser-agent.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import type { HallCaller } from '../hall-caller.ts';
import { inHallWithBrowser } from '../in-hall.ts';

/** A new browser has to be opened and signed in to within this time. */
const GRACE_MS = 60_000;
const SLEEP_MS = 15_000;

/** The agent's browser goes away in a call: it sleeps and wakes, is killed and opened anew, is killed for good. */
export const f12: Fault = {
  id: 'F12',
  what: "an agent's browser dies in a call",
  injected: `Chromium is stopped for ${SLEEP_MS / 1_000} s (a laptop sleeps), killed with -9 and opened anew, killed for good; a second tab is opened`,
  inShortRun: false,
  inBrowser: true,
  run: (run) => inHallWithBrowser(GRACE_MS, (hall, agent) => gone(hall, agent, run)),
};

async function gone(hall: Hall, agent: BrowserAgent, { say }: FaultRun) {
  const { book } = hall.house;
  const first = await audible(hall);
  await agent.answer();
  await first.hearsAgent();
  const second = await audible(hall);
  await book.reaches(second.caller.number, 'waiting');
  const tab = await agent.page.context().newPage();
  await tab.goto('/desk');
  await tab.getByText('您的座席正在另一个窗口中使用').waitFor();
  await tab.close();

  agent.sleep();
  await first.hearsApology();
  await pause(SLEEP_MS - 10_000);
  agent.wake();
  const wokenMs = await timed(() => first.rejoined(1, GRACE_MS));
  await first.hearsAgent();
  say(`woken: in the call again after ${Math.round(wokenMs)} ms`);

  await agent.die();
  await first.hearsApology();
  const reopenedMs = await timed(async () => {
    await agent.sitDown();
    await first.rejoined(2, GRACE_MS);
  });
  await first.hearsAgent();
  say(`opened anew: in the call again after ${Math.round(reopenedMs)} ms`);
  const losses = new Losses(say);
  losses.add('given a second call', ringsOf(hall, second.caller));

  first.caller.hangUp();
  await agent.answer();
  await second.hearsAgent();
  const third = await hall.dial();
  await book.reaches(third.number, 'waiting');
  await agent.die();
  await second.hearsApology();
  await book.reaches(second.caller.number, 'waiting', GRACE_MS + 30_000);
  await hall.staffMore();
  await book.reaches(second.caller.number, 'conversation');
  losses.add('place at the head', book.callOf(third.number).stage === 'waiting' ? 0 : 1);
  losses.add('hung up on', hall.hungUpOn());
  await hall.empty();
  losses.add('records', hall.callers.length - book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: Math.max(wokenMs, reopenedMs),
    note: 'the caller heard an apology and music; who woke, and who signed in anew, had the same call and no second one; who did not come back: the caller was served first by the next seat; the second tab was told',
  };
}

function ringsOf(hall: Hall, { number }: HallCaller): number {
  const { book } = hall.house;
  return book.eventsOf(book.callOf(number).id).filter(({ kind }) => kind === 'call.ringing').length;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
