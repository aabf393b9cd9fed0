import { TcpProxy } from '../../support/tcp-proxy.ts';
import { pause } from '../../support/until.ts';
import { audible } from '../audible.ts';
import { BrowserAgent } from '../browser-agent.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import { Hall } from '../hall.ts';

/** The exchange gives a browser's phone up after ten seconds without sound; then the grace begins. */
const GRACE_MS = 25_000;
const SEAT = '7001';

/** The network of an agent who works in a browser goes away in a call, for 5 to 60 s. */
export const f13: Fault = {
  id: 'F13',
  what: "an agent's network is away in a call",
  injected: 'neither sound nor signalling of a browser for 5, 20 and 60 s',
  inShortRun: false,
  inBrowser: true,
  async run(run) {
    const hall = await Hall.open({
      seats: 0,
      hotline: (doc) => {
        doc.seatGraceMs = GRACE_MS;
      },
    });
    const proxy = await TcpProxy.open(Number(new URL(hall.house.url).port));
    let agent: BrowserAgent | undefined;
    try {
      agent = await BrowserAgent.open(hall.house, SEAT, 'consumer', proxy.url);
      return await away(hall, agent, proxy, run);
    } finally {
      await agent?.die();
      await proxy.close();
      await hall.close();
    }
  },
};

async function away(hall: Hall, agent: BrowserAgent, proxy: TcpProxy, { say }: FaultRun) {
  const { book } = hall.house;
  const network = networkOf(agent, proxy);
  const losses = new Losses(say);
  const first = await audible(hall);
  await agent.answer();
  await first.hearsAgent();
  const other = await hall.dial();
  await book.reaches(other.number, 'waiting');

  await network.away();
  await pause(5_000);
  await network.back();
  await first.hearsAgent();
  losses.add('call given up in 5 s', first.rejoins());

  await network.away();
  await first.hearsApology();
  await pause(10_000);
  await network.back();
  const begun = performance.now();
  await first.rejoined(1, GRACE_MS);
  await first.hearsAgent();
  const recoveryMs = performance.now() - begun;
  say(`back after 20 s: in the call again after ${Math.round(recoveryMs)} ms`);

  await network.away();
  await first.hearsApology();
  await book.reaches(first.caller.number, 'waiting', GRACE_MS + 30_000);
  await hall.staffMore();
  await book.reaches(first.caller.number, 'conversation');
  losses.add('place at the head', book.callOf(other.number).stage === 'waiting' ? 0 : 1);
  await pause(20_000);
  await network.back();
  losses.add('hung up on', hall.callers.filter(({ wasHungUpOn }) => wasHungUpOn).length);
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

/** What carries a browser's signalling and sound. */
function networkOf(agent: BrowserAgent, proxy: TcpProxy) {
  return {
    async away() {
      await agent.silence(true);
      proxy.stall();
    },
    /** What was connected before is dead; what was sent on it is lost. */
    async back() {
      proxy.cut();
      proxy.pass();
      await agent.silence(false);
    },
  };
}
