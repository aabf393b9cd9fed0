import { microphoneHz } from '../support/console-browser.ts';
import { untilHeard } from '../support/hearing.ts';
import { RtpEar, strengthOf } from '../support/rtp-ear.ts';
import { until } from '../support/until.ts';
import type { Hall } from './hall.ts';

/** Ten seconds until the exchange gives the phone up, and what a busy machine adds. */
const APOLOGY_WITHIN_MS = 40_000;

/** A caller who speaks and is listened to, and what becomes of the agent in a browser. */
export async function audible(hall: Hall) {
  const ear = await RtpEar.open();
  ear.tone(440);
  const caller = await hall.dial(async () => ear);
  const { book, dataDir } = hall.house;
  const rejoins = () =>
    book.eventsOf(book.callOf(caller.number).id).filter(({ kind }) => kind === 'call.rejoined')
      .length;
  return {
    caller,
    rejoins,
    hearsAgent: () =>
      until(() => strengthOf(ear.heard.slice(-1_600), microphoneHz) > 1_000, 'the agent', 30_000),
    /** From now on. */
    async hearsApology() {
      const from = ear.heard.length;
      const heard = () => Int16Array.from(ear.heard.slice(from));
      await untilHeard({ heard }, dataDir, 'zh/seat-lost-apology', APOLOGY_WITHIN_MS);
    },
    rejoined: (times: number, withinMs: number) =>
      until(() => rejoins() === times, `back in the call for the ${times}. time`, withinMs),
  };
}
