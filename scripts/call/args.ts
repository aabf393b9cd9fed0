import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Problem } from '../start/problem.ts';

const usage = `npm run call -- --to 12345 [--keys 1] [--play FILE.wav] [--seconds 120] [--rate 5] [--json]

  --to NUMBER         拨打的号码 / the number to dial (12345)
  --from NUMBER       主叫号码 / the caller's number (a new one each time)
  --lang zh|yue|en    先选择语言 / choose this language first
  --keys KEYS         接通后的按键，如 21 / keys pressed once the greeting plays
  --play FILE.wav     来电人播放的声音（16 位）/ what the caller says: 16-bit WAV, mono or stereo
  --seconds S         与话务员通话最多 S 秒后挂机 / hangs up S seconds after an agent answered (120)
  --patience S        无人接听时最多等待 S 秒 / gives up when no agent answers within S seconds (60)
  --hangup-after S    接通 S 秒后挂机，不论进行到哪一步 / hangs up S seconds after the exchange answered
  --rate 1-5|none     话务员挂机后按键评价 / presses this key when the agent has hung up (5)
  --save FILE.wav     保存来电人听到的声音 / keeps what the caller heard
  --json              以 JSON 输出结果 / prints the result as JSON`;

const seconds = z.coerce.number().min(0).max(7_200);

const argsShape = z.object({
  to: z.string().regex(/^\+?\d{3,20}$/),
  from: z.string().regex(/^\+?\d{3,20}$/),
  lang: z.enum(['zh', 'yue', 'en']).optional(),
  keys: z.string().regex(/^[0-9*#]*$/),
  play: z.string().optional(),
  save: z.string().optional(),
  seconds,
  patience: seconds,
  'hangup-after': seconds.optional(),
  rate: z
    .string()
    .regex(/^([0-9*#]|none)$/)
    .transform((key) => (key === 'none' ? undefined : key)),
  json: z.boolean(),
});
type Args = z.infer<typeof argsShape>;
/** `rate` is left out by a caller who does not rate. */
export type CallArgs = Omit<Args, 'rate'> & { rate?: string | undefined };

/** Reads the command line. @throws Problem with the usage when something is wrong. */
export function readCallArgs(argv: readonly string[]): CallArgs {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...argv],
      options: {
        to: text,
        from: text,
        lang: text,
        keys: text,
        play: text,
        save: text,
        seconds: text,
        patience: text,
        'hangup-after': text,
        rate: text,
        json: { type: 'boolean' },
      },
    });
    const defaults = {
      to: '12345',
      from: randomMobile(),
      keys: '',
      seconds: '120',
      patience: '60',
      rate: '5',
    };
    return argsShape.parse({ ...defaults, json: false, ...values });
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n')
        : String(error);
    throw new Problem(why, usage);
  }
}

/** A mobile number that does not exist: no carrier has the prefix 1000. */
function randomMobile(): string {
  return `1000${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
}
