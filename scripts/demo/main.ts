import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadServerConfig } from '../../config/load.ts';
import { CallRecords } from '../call/record.ts';
import { readWav } from '../prompts/wav.ts';
import { robotSeats } from '../sipp/robot-seats.ts';
import { assertServerAnswers } from '../start/answers.ts';
import { aptNeeds, ensurePackages } from '../start/apt.ts';
import { Problem, report } from '../start/problem.ts';
import { RobotAgent } from './agent.ts';
import { letCallersCome } from './callers.ts';
import { retireOperator, signInOperator } from './operator.ts';
import { emptyScene, sceneLine } from './scene.ts';
import { gatherStaff, readHotline, sitDown } from './staff.ts';

const argsShape = z.object({
  minutes: z.coerce.number().min(0.2).max(1_440),
  seats: z.coerce.number().int().min(1).max(50),
});

/** What robots and callers say: prompts do for speech. */
const spokenPrompts = ['zh/call-back-offer', 'zh/menu-consumer', 'yue/rating-ask', 'zh/draining'];

function readArgs(): z.infer<typeof argsShape> {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { minutes: text, seats: text } });
    return argsShape.parse({ minutes: '30', seats: '24', ...values });
  } catch (error) {
    throw new Problem(
      error instanceof z.ZodError ? z.prettifyError(error) : String(error),
      'npm run demo -- [--minutes 30] [--seats 24]   (0.2-1440 min, 1-50 seats)',
    );
  }
}

/** `npm run demo`: robot agents and callers keep the floor alive on the real Asterisk. */
async function main(): Promise<void> {
  const { minutes, seats } = readArgs();
  const config = loadServerConfig();
  const say = (line: string) => console.log(line);
  await ensurePackages([aptNeeds.sipp], say);
  const origin = await assertServerAnswers(config);
  const exchange = { host: new URL(origin).hostname, port: config.sip.port };

  say(`准备 ${seats} 个演示座席 / making ${seats} demo seats ready`);
  const operator = await signInOperator(config, origin);
  const hotline = await readHotline(operator);
  const staff = await gatherStaff(operator, origin, hotline, seats);
  const voices = spokenPrompts.map((name) => voiceOf(join(config.dataDir, 'prompts', name)));
  const sound = voices[1];
  const phones = await robotSeats({
    exchange,
    phones: staff.map(({ phone }) => phone),
    ...(sound ? { sound } : {}),
  });
  const over = new AbortController();
  // Every caller and every agent waits for the end of the demo.
  setMaxListeners(0, over.signal);
  const stop = () => over.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  setTimeout(stop, minutes * 60_000).unref();

  const scene = emptyScene();
  await Promise.all(staff.map(sitDown));
  say(
    `演示开始，${minutes} 分钟后结束，Ctrl-C 提前结束 / the demo runs for ${minutes} min; Ctrl-C ends it`,
  );
  const agents = staff.map(
    (member) =>
      new RobotAgent(member, phones.phone(member.phone.user), hotline, scene, over.signal),
  );
  const records = new CallRecords(config.dataDir);
  const town = { exchange, hotline, records, voices, scene, seats };
  const work = agents.map((agent) => agent.work());
  await Promise.all([letCallersCome(town, over.signal), showScene(scene, seats, over.signal)]);
  await Promise.all(work);

  say('\n收工 / the demo ends');
  await Promise.all(staff.map(({ api }) => api.send('POST', '/desk/sign-out').catch(() => {})));
  await Promise.all(staff.map(({ api }) => api.send('DELETE', '/session').catch(() => {})));
  await operator.send('DELETE', '/session').catch(() => {});
  retireOperator(config);
  records.close();
  await phones.close();
}

/** One line that is rewritten on a terminal, a line now and then in a file. */
async function showScene(
  scene: Parameters<typeof sceneLine>[0],
  seats: number,
  signal: AbortSignal,
): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  while (!signal.aborted) {
    const line = sceneLine(scene, seats);
    process.stdout.write(isTerminal ? `\r\u001B[2K${line}` : `${line}\n`);
    await pause(isTerminal ? 1_000 : 10_000, undefined, { signal }).catch(() => {});
  }
}

function voiceOf(file: string): Int16Array {
  return readWav(readFileSync(`${file}.wav`)).samples;
}

try {
  await main();
} catch (error) {
  report(error);
}
