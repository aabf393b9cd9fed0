import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { CallBacks } from './call-backs.ts';
import { type CallBack, callBackSchema } from './schema.ts';

export interface CallBackRoutesOptions {
  list: () => CallBack[];
  callBacks: Pick<CallBacks, 'callNow' | 'close'>;
  audit: Auditor;
}

const tags = ['calls'];
const mayRead = { permission: 'calls.read-all' } as const;
const mayAct = { permission: 'floor.lead' } as const;

/** Everything under `/api/call-backs`. `id` is the call that wanted to be called back. */
export function registerCallBackRoutes(app: YihaoServer, options: CallBackRoutesOptions): void {
  const { list, callBacks, audit } = options;
  app.get(
    '/api/call-backs',
    {
      config: mayRead,
      schema: { tags, response: { 200: z.object({ rows: z.array(callBackSchema) }) } },
    },
    () => ({ rows: list() }),
  );
  const acts: Record<string, (callId: string, personId: string) => void> = {
    now: (callId) => callBacks.callNow(callId),
    done: (callId, personId) => callBacks.close(callId, 'done', personId),
    cancel: (callId, personId) => callBacks.close(callId, 'cancelled', personId),
  };
  const params = z.strictObject({ id: z.string().max(40) });
  for (const [verb, act] of Object.entries(acts)) {
    app.post(
      `/api/call-backs/:id/${verb}`,
      { config: mayAct, schema: { tags, params, response: { 204: z.null() } } },
      async (request, reply) => {
        const person = personOf(request);
        const { id } = request.params;
        act(id, person.id);
        audit({ person, ip: request.ip, action: `call-back.${verb}`, subject: `call:${id}` });
        return reply.code(204).send(null);
      },
    );
  }
}
