/**
 * What stands beside us in the same exchange: `app_queue` with phones of its own behind the same SIPp,
 * plain music, and the door to a bare Stasis loop. Numbers of a trunk's callers have no letters, so
 * these names are nobody's.
 */
export const control = {
  /** Into `app_queue`, with the seats of `controlSeats`, the usual way: `Answer()`, then `Queue()`. */
  queue: 'queue',
  /** The same without `Answer()`'s wait for the caller's first sound. */
  queueAtOnce: 'queue-at-once',
  /** Into an `app_queue` whose 661 members are busy. */
  busyQueue: 'busy-queue',
  /** On the same music as a waiting caller, in no queue. */
  music: 'music',
  /** Into the application `bare`. */
  bare: 'bare',
} as const;

/** The ids of the control's seats: 8001 and on. */
export function controlSeats(count: number): string[] {
  return Array.from({ length: count }, (_, at) => String(8_001 + at));
}

/** The ids of our seats: 2001 and on. */
export function ourSeats(count: number): string[] {
  return Array.from({ length: count }, (_, at) => String(2_001 + at));
}

/** The control's phones register like ours. */
export const controlPassword = 'control';

/** `leastrecent` and `retry=1` are the kindest settings for app_queue; it retries after 5 s by itself. */
const queueRules = `strategy = leastrecent
ringinuse = no
autofill = yes
retry = 1
timeout = 20
wrapuptime = 0
`;

/** Additions to the exchange's configuration. */
export function controlConfiguration(
  seats: readonly string[],
  busyMembers: number,
): Record<string, string> {
  const members = seats.map((id) => `member => PJSIP/${id}\n`).join('');
  const busy = Array.from(
    { length: busyMembers },
    (_, at) => `member => Local/${at}@nobody,0,m${at},Stasis:m${at}\n`,
  ).join('');
  const phones = seats.map(
    (id) => `[${id}](control-seat)
auth = ${id}
aors = ${id}
[${id}]
type = auth
username = ${id}
password = ${controlPassword}
[${id}]
type = aor
max_contacts = 1
`,
  );
  return {
    'modules.conf': 'load = app_queue.so\n',
    'extensions.conf': `[from-trunk](+)
exten => ${control.queue},1,Answer()
 same => n,Queue(bench)
 same => n,Hangup()
exten => ${control.queueAtOnce},1,Answer(,i)
 same => n,Queue(bench)
 same => n,Hangup()
exten => ${control.busyQueue},1,Answer(,i)
 same => n,Queue(busy)
 same => n,Hangup()
exten => ${control.music},1,Answer(,i)
 same => n,StartMusicOnHold()
 same => n,Wait(3600)
exten => ${control.bare},1,Stasis(bare,caller)
 same => n,Hangup()
`,
    'queues.conf': `[general]
autofill = yes
persistentmembers = no
[bench]
${queueRules}${members}
[busy]
${queueRules}${busy}`,
    'pjsip.conf': `[control-seat](!)
type = endpoint
transport = transport-udp
context = from-seat
disallow = all
allow = alaw,ulaw
direct_media = no
send_connected_line = no
${phones.join('')}`,
  };
}
