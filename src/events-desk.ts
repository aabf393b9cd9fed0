/** What events of agents' further acts carry, beside their kind and their time: a part of `events.ts`. */
export interface DeskActEvents {
  /** A caller who keyed number and query code was told where the order stands. */
  'call.request-told': { callId: string; orderId: string };
  /** An agent calls somebody (外呼); `caller` is who is called, `dialled` the number they are shown. */
  'call.placed': {
    callId: string;
    entryId: string;
    queueId: string;
    seatId: string;
    agentId: string;
    caller: string;
    dialled: string;
    language: string;
    channelId: string;
    /** The earlier call whose caller it is. */
    ofCallId: string | null;
    /** The work order whose citizen it is. */
    orderId?: string;
  };
  /** Keys were sent into a talk; which ones is nobody's business, they may be a password. */
  'call.keys-sent': {
    callId: string;
    seatId: string;
    agentId: string;
    to: 'caller' | 'party';
    count: number;
  };
  /** The caller was sent into a self-service and is to come back to the same agent. */
  'call.self-service': { callId: string; seatId: string; agentId: string; serviceId: string };
  'call.self-service-ended': {
    callId: string;
    seatId: string;
    agentId: string;
    serviceId: string;
    outcome: SelfServiceOutcome;
    /** The key of the choice made, one of those configured. */
    choice: string | null;
  };
  /** The agent asked the shift leader into the talk (求助). */
  'call.help-asked': { callId: string; seatId: string; agentId: string; toSeatId: string };
  /** All tags of the call from now on. */
  'call.tagged': { callId: string; agentId: string; tags: string[] };
}

/** How a self-service ended; `cut`: the agent or the agent's phone left meanwhile. */
export type SelfServiceOutcome = 'done' | 'nothing' | 'taken-back' | 'limit' | 'cut';
