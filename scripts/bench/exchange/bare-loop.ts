import { systemClock } from '../../../src/kit/clock.ts';
import { createLog } from '../../../src/kit/log.ts';
import { createAriLink } from '../../../telephony/ari-link.ts';
import { createHttpBackend } from '../../../telephony/http-backend.ts';

/**
 * The control of `throughput`, a process of its own: answers whoever comes into the application `bare`,
 * rings the next free phone, joins the two, and takes all down when one leaves. No queue, no rules, no
 * recording, no store, no console. Arguments: ARI's address, user, password, the phones' ids. Asked by
 * any message, it says how many it has joined.
 */
const [ariUrl = '', user = '', password = '', ...phones] = process.argv.slice(2);

interface BareCall {
  caller: string;
  leg: string;
  phone: string;
  bridge: string;
}

const calls = new Map<string, BareCall>();
const free = [...phones];
let joined = 0;
let made = 0;

const link = createAriLink({
  backend: createHttpBackend({ ariUrl, user, password }),
  app: 'bare',
  clock: systemClock,
  log: createLog('error'),
  onConnection: () => {},
  onEvent(event) {
    if (event.kind === 'entered') void entered(event.channel.id).catch(() => {});
    if (event.kind === 'left' || event.kind === 'destroyed') void left(event.channelId);
  },
});

async function entered(channelId: string): Promise<void> {
  const ringing = calls.get(channelId);
  if (ringing) {
    await link.createBridge(ringing.bridge);
    await link.addToBridge(ringing.bridge, [ringing.caller, ringing.leg]);
    joined += 1;
    return;
  }
  const phone = free.shift();
  if (phone === undefined) return link.hangUp(channelId);
  made += 1;
  const call = { caller: channelId, leg: `bare-leg-${made}`, phone, bridge: `bare-${made}` };
  calls.set(call.caller, call);
  calls.set(call.leg, call);
  await link.answer(channelId);
  const order = { channelId: call.leg, endpoint: `PJSIP/${phone}`, args: ['leg'] };
  await link.dial({ ...order, callerId: '12345', timeoutMs: 20_000 });
}

async function left(channelId: string): Promise<void> {
  const call = calls.get(channelId);
  if (!call) return;
  calls.delete(call.caller);
  calls.delete(call.leg);
  const other = channelId === call.caller ? call.leg : call.caller;
  await Promise.allSettled([link.hangUp(other), link.destroyBridge(call.bridge)]);
  free.push(call.phone);
}

await link.connect();
process.on('message', () => process.send?.({ joined }));
process.once('disconnect', () => process.exit());
process.send?.({ joined });
