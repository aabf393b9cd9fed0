import type { Browser } from 'playwright-core';
import { projectRoot } from '../../../src/kit/root.ts';
import { buildProducts } from '../../start/build.ts';
import { type Figures, figuresOf, ratioOf } from '../figures.ts';
import type { FirstVisit, Ring } from '../page-play.ts';
import type { Row, RowResult } from '../row.ts';

const GOAL_BYTES = 300_000;
const GOAL_DESK_MS = 1_500;
const GOAL_POP_MS = 300;

export const page: Row = {
  name: 'page',
  needs: 'an exchange and Chromium',
  title:
    "ms from the INVITE's arrival at a browser seat to the caller on its screen; control: an empty box the INVITE itself puts there. Also the first load, and the desk after sign-in",
  async run({ tiny, progress }) {
    await buildProducts(projectRoot, progress);
    // Asked for here: they take ports and start things, which other rows can do without.
    const { openHouse } = await import('../../../test/support/house-rig.ts');
    const { openChromium } = await import('../../../test/support/console-browser.ts');
    const { openAgent, ringTimes, visitFirst } = await import('../page-play.ts');
    progress('opens a house with an exchange');
    const house = await openHouse({ config: { rateLimit: { signInPerMinute: 1_000 } } });
    let browser: Browser | null = null;
    try {
      browser = await openChromium();
      const password = await openAgent(house);
      const visits: FirstVisit[] = [];
      const wanted = tiny ? 2 : 15;
      for (;;) {
        progress(`first visit ${visits.length + 1} of ${wanted}`);
        const { visit, page: desk } = await visitFirst(browser, house, password);
        visits.push(visit);
        if (visits.length === wanted) {
          progress('the phone rings');
          return found(visits, await ringTimes(desk, house, tiny ? 2 : 30), tiny);
        }
        await desk.context().close();
      }
    } finally {
      await browser?.close();
      await house.close();
    }
  },
};

function found(visits: readonly FirstVisit[], rings: readonly Ring[], tiny: boolean): RowResult {
  const card = figuresOf(rings.map(({ cardMs }) => cardMs));
  const box = figuresOf(rings.map(({ boxMs }) => boxMs));
  const desk = figuresOf(visits.map(({ deskMs }) => deskMs));
  const paint = figuresOf(visits.map(({ firstPaintMs }) => firstPaintMs));
  const bytes = Math.max(...visits.map((visit) => visit.bytes));
  const within = ({ p95 }: Figures, limit: number) => p95 !== null && p95 <= limit;
  return {
    samples: rings.length,
    ours: card,
    control: box,
    ratio: { p50: ratioOf(card.p50, box.p50), p99: ratioOf(card.p99, box.p99) },
    goal: `≤ ${GOAL_BYTES / 1_000} kB gzip before the first paint; desk usable ≤ ${GOAL_DESK_MS} ms after sign-in and the caller on screen ≤ ${GOAL_POP_MS} ms after the INVITE, each p95`,
    met: tiny
      ? null
      : bytes <= GOAL_BYTES && within(desk, GOAL_DESK_MS) && within(card, GOAL_POP_MS),
    notes: [
      `First load: ${(bytes / 1_000).toFixed(0)} kB over the line before the first paint, compressed as the server sends it; first paint after ${told(paint)}.`,
      `Desk usable after sign-in: ${told(desk)}, from the key that sends name and password to the field that asks for the seat; ${visits.length} times with an empty cache, the check of the password included.`,
      'The server, its database, the exchange, SIPp and Chromium (without a graphics card) share the machine; the caller is a real one in a real queue. The card is told over Socket.IO while the exchange sends the INVITE, so it may be there first: then the figure is below zero.',
    ],
  };
}

function told({ p50, p95, max }: Figures): string {
  const [middle, high, most] = [p50, p95, max].map((value) => value?.toFixed(0) ?? '–');
  return `${middle} ms p50, ${high} p95, ${most} max`;
}
