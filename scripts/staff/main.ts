import { parseArgs } from 'node:util';
import { z } from 'zod';
import { questionOf, staffAnswer } from '../../src/staffing/answer.ts';
import type { StaffAnswer } from '../../src/staffing/schema.ts';

const usage = `npm run staff -- --calls-per-hour N --aht SECONDS --target 95/15 [--patience SECONDS] [--json]
  --calls-per-hour  calls in the hour to be staffed
  --aht             handling time: conversation and wrap-up
  --target          at least so many percent answered within so many seconds
  --patience        average patience of callers; without it nobody gives up`;

const positive = z.coerce.number().positive().finite();
const asked = z.object({
  'calls-per-hour': positive.max(1_000_000),
  aht: positive.max(86_400),
  target: z
    .string()
    .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/)
    .transform((text): [number, number] => {
      const [percent = 0, seconds = 0] = text.split('/').map(Number);
      return [percent, seconds];
    })
    .pipe(z.tuple([z.number().positive().max(99.9), z.number().positive()])),
  patience: positive.optional(),
});

const { values } = parseArgs({
  options: {
    'calls-per-hour': { type: 'string' },
    aht: { type: 'string' },
    target: { type: 'string', default: '95/15' },
    patience: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const question = asked.safeParse(values);
if (!question.success) {
  console.error(`${z.prettifyError(question.error)}\n${usage}`);
  process.exit(2);
}
const { aht, patience, target } = question.data;
const [percent, limitSeconds] = target;
const answer = staffAnswer(
  questionOf({
    callsPerHour: question.data['calls-per-hour'],
    handlingSeconds: aht,
    percent,
    limitSeconds,
    ...(patience !== undefined && { patienceSeconds: patience }),
  }),
);
console.log(values.json ? JSON.stringify(answer) : told(answer));

function told({
  loadErlangs,
  erlangC,
  erlangA,
  squareRoot,
  simulation,
  curve,
}: StaffAnswer): string {
  return [
    `Load ${loadErlangs.toFixed(1)} erlangs; ${percent} % within ${limitSeconds} s need`,
    `  ${erlangC} seats by Erlang C (nobody gives up)`,
    ...(erlangA === null ? [] : [`  ${erlangA} seats by Erlang A (patience ${patience} s)`]),
    `  ${simulation ?? `more than ${curve.at(-1)?.seats}`} seats by simulation with the real queue engine`,
    `  ${squareRoot} by the rule of thumb: load plus its square root`,
    '',
    `  seats  within ${limitSeconds} s (formula)  (simulated)  mean wait  abandoned`,
    ...curve.map((point) =>
      [
        String(point.seats).padStart(7),
        share(point.formula).padStart(21),
        share(point.simulated).padStart(13),
        `${point.meanWaitSeconds.toFixed(1)} s`.padStart(11),
        share(point.abandoned).padStart(11),
        `  ${'#'.repeat(Math.round(point.simulated * 30))}`,
      ].join(''),
    ),
  ].join('\n');
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
