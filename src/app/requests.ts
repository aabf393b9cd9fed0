import type { RequestDesk } from '../calls/house.ts';
import type { Spoken } from '../hotline/spoken.ts';
import { AppError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { phaseOf } from '../order-rules/words.ts';
import type { Citizens } from '../orders/citizens.ts';
import type { EventChain } from '../orders/event-chain.ts';
import { followed, publicReply } from '../orders/public-view.ts';
import type { OrdersRepo } from '../orders/repo.ts';

interface Parts {
  readonly citizens: Citizens;
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly spoken: Spoken;
  readonly log: Log;
}

/** Orders on the telephone: whatever goes wrong here, the call goes on to a person. */
export function requestDesk({ citizens, repo, chain, spoken, log }: Parts): RequestDesk {
  const promptOf = (callId: string) => `told-${callId.toLowerCase()}`;
  return {
    find(number, code, caller) {
      try {
        return { orderId: citizens.find(number, code, { caller }).id };
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-found') return null;
        if (!(error instanceof AppError)) log.error({ err: error }, 'an order cannot be asked for');
        return 'too-many';
      }
    },
    async words({ orderId, callId, language }) {
      const row = repo.byId(orderId);
      if (!row) return [];
      const of = followed(row, repo, chain);
      const prompts = [`progress-${phaseOf(of.acting.state)}`];
      try {
        citizens.look(row, '', '电话查询');
      } catch (error) {
        log.error({ err: error, orderId }, 'a look at an order could not be written down');
      }
      const reply = publicReply(of);
      if (!reply || !(await spoken.say(language, promptOf(callId), reply))) return prompts;
      return [...prompts, 'progress-reply', promptOf(callId)];
    },
    forget: (callId) => spoken.forget(promptOf(callId)),
    urge(orderId, callId) {
      try {
        citizens.do(orderId, 'urge', { why: '电话催办', callId }, '');
        return true;
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error, orderId }, 'it cannot be urged');
        return false;
      }
    },
  };
}
