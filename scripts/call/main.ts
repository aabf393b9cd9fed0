import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { loadHotlineExample, loadServerConfig } from '../../config/load.ts';
import { resample, toSamples, toSound } from '../../src/kit/sound.ts';
import { wavOf } from '../../src/kit/wav.ts';
import { readWav } from '../prompts/wav.ts';
import { placeCall } from '../sipp/place-call.ts';
import { phoneRateHz } from '../sipp/tone.ts';
import { assertServerAnswers, hostOf } from '../start/answers.ts';
import { aptNeeds, ensurePackages } from '../start/apt.ts';
import { Problem, report } from '../start/problem.ts';
import { type CallArgs, readCallArgs } from './args.ts';
import { conduct } from './conduct.ts';
import { keysForLanguage } from './language-keys.ts';
import { type CallRecord, CallRecords } from './record.ts';
import { resultOf, resultText } from './result.ts';

const lookAgainMs = 100;
const bookkeepingMs = 8_000;

/** `npm run call`: one real SIP call, and what the server wrote down about it. */
async function main(): Promise<void> {
  const args = readCallArgs(process.argv.slice(2));
  const config = loadServerConfig();
  const say = (line: string) => args.json || console.log(line);
  await ensurePackages([aptNeeds.sipp], (line) => console.error(line));
  await assertServerAnswers(config);
  const records = new CallRecords(config.dataDir);
  const since = Date.now() - 1_000;
  const look = () => records.find(args.from, since);
  const call = await placeCall({
    exchange: { host: hostOf(config.bind), port: config.sip.port },
    to: args.to,
    from: args.from,
    keepHeard: args.save !== undefined,
    ...(args.play ? { sound: readSound(args.play) } : {}),
  });
  say(`正在拨打 / dialling ${args.to}`);
  process.once('SIGINT', () => void call.hangUp());
  await conduct(call, languageKeys(args) + args.keys, args, look);
  const outcome = await call.ended;
  if (args.save) writeFileSync(args.save, wavOf(call.heard(), phoneRateHz));
  const record = await finalRecord(records, look);
  const result = resultOf(record, record ? records.recordingOf(record.id) : null);
  records.close();
  console.log(args.json ? JSON.stringify(result) : resultText(result, outcome));
}

/** The record once the call is closed and its recording finished, or what there is by then. */
async function finalRecord(
  records: CallRecords,
  look: () => CallRecord | undefined,
): Promise<CallRecord | undefined> {
  const giveUpAt = performance.now() + bookkeepingMs;
  for (;;) {
    const record = look();
    const isDone = record?.endedAt != null && !records.hasUnfinishedRecording(record.id);
    if (isDone || performance.now() > giveUpAt) return record;
    await pause(lookAgainMs);
  }
}

function languageKeys(args: CallArgs): string {
  if (args.lang === undefined) return '';
  const keys = keysForLanguage(loadHotlineExample(), args.to, args.lang);
  if (keys !== undefined) return keys;
  throw new Problem(
    `${args.to} 不能选择语言 ${args.lang}。`,
    `${args.to} offers no choice of the language ${args.lang}.`,
  );
}

/** A WAV file as telephone sound; a higher rate is brought down to 8 kHz. */
function readSound(file: string): Int16Array {
  try {
    const { samples, sampleRateHz } = readWav(readFileSync(file));
    if (sampleRateHz === phoneRateHz) return samples;
    return toSamples(resample(toSound(samples), sampleRateHz, phoneRateHz));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `--play ${file}：${why}，需要 16 位单声道 WAV。`,
      `--play ${file}: ${why}; a 16-bit mono WAV is needed.`,
    );
  }
}

try {
  await main();
} catch (error) {
  report(error);
}
