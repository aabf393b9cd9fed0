/**
 * What happens when a unit's officer speaks to a citizen through the hotline's number (中转通话): a part
 * of `events.ts`. The call is none of any queue's, and no seat's.
 */
export interface RelayEvents {
  /**
   * Asked for. `caller` is the citizen, `number` the officer's own telephone, which is called first;
   * `dialled` is the number both are shown.
   */
  'call.relay-placed': {
    callId: string;
    /** The work order it is about. */
    orderId: string;
    entryId: string;
    agentId: string;
    caller: string;
    number: string;
    dialled: string;
    language: string;
    channelId: string;
  };
  /** The two hear each other. */
  'call.relay-joined': { callId: string; agentId: string };
}
