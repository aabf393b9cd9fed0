import { projectRoot } from '../../../src/kit/root.ts';
import { Hall } from '../../../test/faults/hall.ts';
import { until } from '../../../test/support/until.ts';
import type { RunningAsterisk } from '../../asterisk/launch.ts';
import { buildProducts } from '../../start/build.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row, RunOptions } from '../row.ts';

/** Where a thousand callers are when the server dies. */
const full = { talking: 450, rating: 100, ringing: 50, waiting: 300, menu: 100 };
const tiny = { talking: 4, rating: 2, ringing: 2, waiting: 3, menu: 2 };
const goalMs = 1_500;
const kills = 3;
/** The number of a menu. */
const withMenu = '12345';

export const adopt: Row = {
  name: 'adopt',
  needs: 'an exchange',
  title: 'a killed server takes a thousand live calls over; control: a bare list-and-compare loop',
  async run(options) {
    await buildProducts(projectRoot, options.progress, true);
    const size = options.tiny ? tiny : full;
    const hall = await Hall.open({
      seats: size.talking + size.rating,
      isHuge: true,
      hotline(doc) {
        doc.rating.timeoutMs = 30_000;
        for (const entry of doc.entries) {
          if (entry.numbers.includes(withMenu)) entry.greeting = ['rating-thanks'];
        }
        for (const menu of doc.menus) menu.timeoutMs = 30_000;
        for (const queue of doc.queues) queue.wrapUpMs = 600_000;
      },
    });
    try {
      return await measured(hall, size, options);
    } finally {
      await hall.close();
    }
  },
};

async function measured(hall: Hall, size: typeof full, { tiny: isTiny, progress }: RunOptions) {
  await fill(hall, size, progress);
  const all = hall.callers.length;
  const stages = () => Object.keys(size).map((name) => hall.countAt(stageOf(name)));
  const before = stages();
  const ours: number[] = [];
  const kill = async () => {
    await hall.killServer();
    ours.push(await hall.startAndAdopt());
    progress(`adopted after ${ours.at(-1)} ms`);
  };
  await kill();
  const after = stages();
  const lost = hall.callers.filter(({ wasHungUpOn }) => wasHungUpOn).length;
  // Those who were asked something go their ways now; for the time it takes that is no matter.
  for (let n = 1; n < kills; n += 1) await kill();
  const theirs: number[] = [];
  for (let n = 0; n < 20; n += 1) theirs.push(await listAndCompare(hall.house.asterisk));
  const twice = hall.greetedTwice();
  const us = figuresOf(ours);
  const them = figuresOf(theirs);
  return {
    samples: ours.length + theirs.length,
    ours: us,
    control: them,
    ratio: { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) },
    goal: `ms from exec to all adopted: ≤ ${goalMs.toLocaleString('en')}; nobody lost, nobody greeted twice`,
    met: isTiny ? null : (us.max ?? Number.NaN) <= goalMs && lost + twice === 0,
    notes: [
      `${all} callers, ${Object.entries(size)
        .map(([name, count]) => `${count} ${name}`)
        .join(
          ', ',
        )}; kill -9 and start, ${kills} times. Hung up on: ${lost}; greeted twice: ${twice}; by stage before ${before.join('/')}, after ${after.join('/')}.`,
      'Ours is the whole start: Node, modules, database check, tables, connection, lists, one transaction. The control only lists channels and bridges through ARI and compares them with a table in memory.',
      'SIP phones on the same machine; each caller is sent music or prompts, talks are silent but for a packet a second.',
    ],
  };
}

/** Everybody goes to the place they are to be in. */
async function fill(hall: Hall, size: typeof full, progress: RunOptions['progress']) {
  const at = (stage: string, count: number) =>
    until(() => hall.countAt(stage) >= count, `${count} at ${stage}`, 180_000);
  const talking = size.talking + size.rating;
  await hall.crowd(talking);
  await at('conversation', talking);
  progress(`${talking} talk`);
  await hall.staffMore(size.ringing);
  const ringing = hall.seats.slice(talking);
  for (const { phone } of ringing) phone.manner = 'ring';
  await hall.crowd(size.ringing);
  await at('ringing', size.ringing);
  await hall.crowd(size.waiting);
  await at('waiting', size.waiting);
  progress('the others ring and wait');
  for (let n = 0; n < size.menu; n += 1) await hall.dial(undefined, withMenu);
  // Their seats have a wrap-up to do, so nobody who waits is served by them.
  const raters = hall.seats.slice(0, size.rating);
  await Promise.all(raters.map(({ api }) => api.send('POST', '/desk/hang-up')));
  await at('rating', size.rating);
  await at('menu', size.menu);
  progress('all are there');
}

function stageOf(name: string): string {
  return name === 'talking' ? 'conversation' : name;
}

/** Lists what is alive and looks each up in a table. @returns milliseconds */
async function listAndCompare({ ariUrl, ariUser, ariPassword }: RunningAsterisk): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
  const list = async (what: string): Promise<{ id: string }[]> => {
    const answer = await fetch(`${ariUrl}/ari/${what}`, { headers: { authorization } });
    return (await answer.json()) as { id: string }[];
  };
  const begun = performance.now();
  const [channels, bridges] = await Promise.all([list('channels'), list('bridges')]);
  const known = new Map([...channels, ...bridges].map((one) => [one.id, one]));
  for (const { id } of channels) known.delete(id);
  return performance.now() - begun;
}
