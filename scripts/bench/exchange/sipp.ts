import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readWireLog, type WireMessage } from './wire-log.ts';

/** How both ends of a call behave; milliseconds. */
export interface Behaviour {
  /** From ring to answer, seats only. */
  ringMs?: number;
  /** Stays this long after the answer … */
  stayMs: number;
  /** … and then hangs up, or (somebody who should have been hung up on) counts as a failure. */
  whenOver: 'leave' | 'too-long';
  /** Speaks G.711 meanwhile. */
  speaks?: boolean;
}

/** A crowd of callers, or the phones of all seats: one SIPp process. */
export interface SippRun {
  /** Resolves when it is over. */
  readonly ended: Promise<SippCount>;
  /** No new calls; those that live may end within two seconds. */
  stop(): Promise<SippCount>;
}

export interface SippCount {
  made: number;
  failed: number;
  complaint: string;
  /** Everything sent and received, with SIPp's own time to the microsecond. */
  wire: WireMessage[];
}

interface SippOptions {
  scenario: 'caller' | 'seat';
  behaviour: Behaviour;
  exchangePort: number;
  port: number;
  args: readonly string[];
  /** Lines of the injection file. */
  list?: readonly string[];
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Callers who dial the numbers of the list in turn, `perSecond` of them. */
export interface Crowd {
  /** Numbers (or names of the dialplan) dialled in turn. */
  to: readonly string[];
  count: number;
  perSecond: number;
  behaviour: Behaviour;
}

let crowds = 0;

/** Begins to dial. Callers' numbers are all different, also between crowds. */
export function startCallers(exchangePort: number, port: number, crowd: Crowd): SippRun {
  crowds += 1;
  const from = `13${String(crowds % 1_000).padStart(3, '0')}`;
  const { count, perSecond, behaviour } = crowd;
  const args = `-m ${count} -r ${perSecond} -l 3000 -key from ${from}`.split(' ');
  const options = { scenario: 'caller' as const, behaviour, exchangePort, port, args };
  return startSipp({ ...options, list: crowd.to });
}

/** The phones of all seats, ours and the control's, at one address. */
export function startSeats(exchangePort: number, port: number, behaviour: Behaviour): SippRun {
  return startSipp({ scenario: 'seat', behaviour, exchangePort, port, args: ['-aa'] });
}

function startSipp({ scenario, behaviour, exchangePort, port, args, list }: SippOptions): SippRun {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sipp-'));
  const files = {
    wire: join(folder, 'wire.log'),
    errors: join(folder, 'errors.log'),
    stat: join(folder, 'stat.csv'),
    list: join(folder, 'list.csv'),
    scenario: join(folder, `${scenario}.xml`),
  };
  writeFileSync(files.scenario, filled(scenario, behaviour));
  if (list) writeFileSync(files.list, `SEQUENTIAL\n${list.map((to) => `${to};\n`).join('')}`);
  const child = spawn(
    'sipp',
    [
      `127.0.0.1:${exchangePort}`,
      ...`-i 127.0.0.1 -p ${port} -nostdin -timer_resol 1 -trace_err -error_file ${files.errors}`.split(
        ' ',
      ),
      ...`-trace_shortmsg -shortmessage_file ${files.wire} -trace_stat -stf ${files.stat} -fd 1`.split(
        ' ',
      ),
      '-sf',
      files.scenario,
      ...(list ? ['-inf', files.list] : []),
      ...args,
    ],
    { cwd: folder, stdio: 'ignore', detached: true },
  );
  alive.add(child);
  const ended = new Promise<SippCount>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      alive.delete(child);
      resolve(countOf(files));
      rmSync(folder, { recursive: true, force: true });
    });
  });
  return {
    ended,
    // The log is written out when SIPp ends by itself only: asked once it lets calls end, twice it goes.
    async stop() {
      for (const signal of ['SIGUSR1', 'SIGUSR1', 'SIGKILL'] as const) {
        child.kill(signal);
        if (await Promise.race([ended, pause(2_000, false, { ref: false })])) break;
      }
      return ended;
    },
  };
}

/** A scenario with its times in place. */
function filled(scenario: string, { ringMs = 1, stayMs, whenOver, speaks = false }: Behaviour) {
  const file = fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url));
  const sound = '/usr/share/sip-tester/g711a.pcap';
  const speak = `<nop><action><exec play_pcap_audio="${sound}"/></action></nop>`;
  return readFileSync(file, 'utf8')
    .replaceAll('@RING_MS@', String(ringMs))
    .replaceAll('@STAY_MS@', String(stayMs))
    .replaceAll('@WHEN_OVER@', whenOver)
    .replaceAll('@SOUND@', speaks ? speak : '');
}

/** The last line of SIPp's statistics, by the names of its columns. */
function countOf({ stat, errors, wire }: Record<'stat' | 'errors' | 'wire', string>): SippCount {
  const complaint = existsSync(errors) ? readFileSync(errors, 'utf8').trim() : '';
  const [head = '', ...rows] = existsSync(stat)
    ? readFileSync(stat, 'utf8').trim().split('\n')
    : [];
  const values = rows.at(-1)?.split(';') ?? [];
  const row = Object.fromEntries(head.split(';').map((name, at) => [name, values[at]]));
  const column = (name: string) => z.coerce.number().catch(0).parse(row[name]);
  return {
    made: column('TotalCallCreated'),
    failed: column('FailedCall(C)'),
    complaint,
    wire: readWireLog(wire),
  };
}
