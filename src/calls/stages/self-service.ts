import type { SelfServiceConfig } from '../../../config/desk.ts';
import type { SelfServiceOutcome } from '../../events-desk.ts';
import { AppError } from '../../kit/errors.ts';
import type { LiveCall, SelfServiceResult } from '../live-call.ts';
import type { Key } from '../ports.ts';
import { askKey } from './ask.ts';
import type { Talking } from './control.ts';

/**
 * Sends the caller into a self-service; agent and seat are on hold until the caller is back.
 * @throws AppError `not-now` while somebody else is asked in or the caller is in one already
 */
export async function sendIntoSelfService(
  { call, house, ring, talk }: Talking,
  serviceId: string,
): Promise<void> {
  const service = house.hotline().selfServices.find(({ id }) => id === serviceId);
  if (!service) throw unknownService();
  if (call.selfService || call.party) throw new AppError('not-now');
  const { callId } = call;
  const { seatId, agentId } = ring;
  await talk.hold();
  house.dispatcher.submit({ kind: 'call-held', callId, seatId });
  const since = house.clock.now();
  house.record({ kind: 'call.self-service', at: since, callId, seatId, agentId, serviceId });
  const stop = new AbortController();
  const cancel = house.clock.after(service.limitMs, () => stop.abort('limit'));
  const result = serve(call, service, stop.signal).finally(cancel);
  call.selfService = { serviceId, since, until: since + service.limitMs, stop, result };
  void result.then(() => call.news.put({ kind: 'self-service-over', stop }));
}

function unknownService(): AppError {
  return new AppError('invalid-input', {}, [{ pointer: '/service', message: 'unknown service' }]);
}

/** Ends a self-service, if there is one, and waits until it is silent; the caller stays on hold. */
export async function endSelfService(talking: Talking, why: SelfServiceOutcome): Promise<void> {
  const { call, house, ring } = talking;
  const { selfService } = call;
  if (!selfService) return;
  call.selfService = null;
  talking.isKeptOut = true;
  selfService.stop.abort(why);
  const result = await selfService.result;
  call.selfServiceResult = result;
  const { callId } = call;
  const { seatId, agentId } = ring;
  const { serviceId, outcome, choice } = result;
  const at = house.clock.now();
  const who = { callId, seatId, agentId, serviceId };
  house.record({ kind: 'call.self-service-ended', at, ...who, outcome, choice });
}

/** Prompts, then a choice or digits. Never rejects: whatever goes wrong, the caller comes back. */
async function serve(
  call: LiveCall,
  service: SelfServiceConfig,
  stop: AbortSignal,
): Promise<SelfServiceResult> {
  const { id: serviceId, prompts, digits, choices } = service;
  const nothing = { serviceId, choice: null, digits: null };
  const asks = digits > 0 || Object.keys(choices).length > 0;
  try {
    call.line.forgetKeys();
    const first = await askKey(call, prompts, asks ? service.timeoutMs : 0, stop);
    if (!asks) return { ...nothing, outcome: 'done' };
    if (first === undefined) return { ...nothing, outcome: 'nothing' };
    if (digits > 0) {
      const typed = await readDigits(call, service, first, stop);
      return { ...nothing, outcome: typed === '' ? 'nothing' : 'done', digits: typed || null };
    }
    const isChoice = choices[first] !== undefined;
    return { ...nothing, outcome: isChoice ? 'done' : 'nothing', choice: isChoice ? first : null };
  } catch {
    return { ...nothing, outcome: stop.aborted ? (stop.reason as SelfServiceOutcome) : 'cut' };
  }
}

/** Until `#`, enough digits, or silence. */
async function readDigits(
  { line }: LiveCall,
  { digits, timeoutMs }: SelfServiceConfig,
  first: Key,
  stop: AbortSignal,
): Promise<string> {
  let typed = '';
  let key: Key | undefined = first;
  while (key !== undefined && key !== '#') {
    typed += key;
    if (typed.length === digits) return typed;
    key = await line.nextKey(timeoutMs, AbortSignal.any([stop, line.gone]));
  }
  return typed;
}
