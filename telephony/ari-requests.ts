import type { z } from 'zod';
import { faultOfAsterisk } from '../src/kit/asterisk-version.ts';
import { AriError } from './ari-error.ts';
import { type AriChannel, type AriEndpoint, ariReplies } from './ari-events.ts';
import type { AriOperationName, AriParams } from './ari-operations.ts';

/** A phone to ring, and where in the dialplan it goes when it answers. */
export interface RingOrder {
  channelId: string;
  endpoint: string;
  context: string;
  extension: string;
  callerId: string;
  timeoutMs: number;
  /** Codecs of a channel that has no phone of its own to say them. */
  formats?: string;
  variables: Readonly<Record<string, string>>;
}

/** Somebody outside to be called; they come into our application when they answer. */
export interface DialOrder {
  channelId: string;
  endpoint: string;
  /** What the application is entered with. */
  args: readonly string[];
  callerId: string;
  timeoutMs: number;
}

/**
 * Every request made to Asterisk. Each settles within the link's time limit and rejects with an
 * `AriError` only.
 */
export interface AriRequests {
  /**
   * When this Asterisk was started: another value after a reconnect means another Asterisk. Rejects
   * for a version that is known to be bad.
   */
  exchangeStartedAt(): Promise<string>;
  listChannels(): Promise<AriChannel[]>;
  ring(order: RingOrder): Promise<void>;
  /** As `ring`, but all of the channel's events are heard, also when nobody answers. */
  dial(order: DialOrder): Promise<void>;
  answer(channelId: string): Promise<void>;
  /**
   * Makes a channel that hears both directions of another; what it says goes to the phone (`out`), to
   * the others as well (`both`), or nowhere.
   */
  snoop(channelId: string, snoopId: string, whisper: 'none' | 'out' | 'both'): Promise<void>;
  /** Nothing that comes from the channel is passed on. */
  mute(channelId: string): Promise<void>;
  unmute(channelId: string): Promise<void>;
  /** Keys (DTMF) for whoever is at the far end of the channel. */
  sendKeys(channelId: string, keys: string): Promise<void>;
  hangUp(channelId: string): Promise<void>;
  /** Sends a channel out of our application to record what it hears, to its end. */
  recordOn(channelId: string, recordingId: string): Promise<void>;
  startMusic(channelId: string): Promise<void>;
  stopMusic(channelId: string): Promise<void>;
  /** Sends silence to a channel nobody else sends anything to. */
  startSilence(channelId: string): Promise<void>;
  stopSilence(channelId: string): Promise<void>;
  /** `media` as Asterisk names it, e.g. `sound:/folder/file` without the extension. */
  play(channelId: string, playbackId: string, media: string): Promise<void>;
  stopPlayback(playbackId: string): Promise<void>;
  isPlaying(playbackId: string): Promise<boolean>;
  /** A channel variable; empty when it was never set. */
  readVariable(channelId: string, variable: string): Promise<string>;
  /**
   * Makes a bridge, or finds it made. `smart` passes on between two and mixes from three on; `mixed`
   * mixes always.
   */
  createBridge(bridgeId: string, kind?: BridgeKind): Promise<void>;
  destroyBridge(bridgeId: string): Promise<void>;
  /** A bridge and the channels in it, or undefined when there is no such bridge. */
  findBridge(bridgeId: string): Promise<{ kind: BridgeKind; members: string[] } | undefined>;
  listBridges(): Promise<string[]>;
  addToBridge(bridgeId: string, channelIds: readonly string[]): Promise<void>;
  removeFromBridge(bridgeId: string, channelId: string): Promise<void>;
  listPhones(): Promise<AriEndpoint[]>;
  /** Phones whose events our application gets: it keeps them while no server is connected. */
  subscribedPhones(): Promise<string[]>;
  /** Asks for the events of one phone: its registrations and every channel to it. */
  subscribeToPhone(endpointId: string): Promise<void>;
  putSipObject(
    type: SipObject,
    id: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<void>;
  hasSipObject(type: SipObject, id: string): Promise<boolean>;
  deleteSipObject(type: SipObject, id: string): Promise<void>;
}

export type BridgeKind = 'smart' | 'mixed';

export type SipObject = 'auth' | 'aor' | 'endpoint';

/** Sends one request and resolves with the decoded reply. */
export type AriCall = (operation: AriOperationName, params: AriParams) => Promise<unknown>;

/** Puts the typed requests on top of `call`. */
export function createAriRequests(call: AriCall, app: string): AriRequests {
  return { ...channelRequests(call, app), ...bridgeRequests(call), ...phoneRequests(call, app) };
}

async function read<T extends z.ZodType>(schema: T, reply: Promise<unknown>): Promise<z.infer<T>> {
  const parsed = schema.safeParse(await reply);
  if (!parsed.success) throw new AriError(0, `unreadable reply: ${parsed.error.message}`);
  return parsed.data;
}

/** Waits for a request; what it asks to be gone may be gone already. */
async function absent(request: Promise<unknown>): Promise<undefined> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof AriError) || error.status !== 404) throw error;
  }
}

function channelRequests(call: AriCall, app: string) {
  const onChannel = async (operation: AriOperationName, channelId: string): Promise<void> => {
    await call(operation, { channelId });
  };
  return {
    async exchangeStartedAt() {
      const { status, system } = await read(ariReplies.info, call('asterisk.getInfo', {}));
      const fault = faultOfAsterisk(system.version);
      if (fault) throw new AriError(0, `${fault.zh} / ${fault.en}`);
      return status.startup_time;
    },
    listChannels: () => read(ariReplies.channels, call('channels.list', {})),
    async ring(order: RingOrder) {
      await call('channels.originateWithId', {
        channelId: order.channelId,
        endpoint: order.endpoint,
        context: order.context,
        extension: order.extension,
        priority: 1,
        callerId: order.callerId,
        // Asterisk counts whole seconds; a ring may be a little too long, never too short.
        timeout: Math.ceil(order.timeoutMs / 1000),
        ...(order.formats !== undefined && { formats: order.formats }),
        variables: order.variables,
      });
    },
    async dial({ channelId, endpoint, args, callerId, timeoutMs }: DialOrder) {
      await call('channels.originateWithId', {
        channelId,
        endpoint,
        app,
        appArgs: args.join(','),
        callerId,
        timeout: Math.ceil(timeoutMs / 1000),
      });
    },
    async snoop(channelId: string, snoopId: string, whisper: 'none' | 'out' | 'both') {
      const how = { spy: 'both', whisper, app, appArgs: 'snoop' };
      await call('channels.snoopChannelWithId', { channelId, snoopId, ...how });
    },
    async recordOn(channelId: string, recordingId: string) {
      const variable = { variable: 'YIHAO_RECORDING', value: recordingId };
      await call('channels.setChannelVar', { channelId, ...variable });
      const place = { context: 'yihao-record', extension: 's', priority: 1 };
      await call('channels.continueInDialplan', { channelId, ...place });
    },
    async mute(channelId: string) {
      await call('channels.mute', { channelId, direction: 'in' });
    },
    async unmute(channelId: string) {
      await call('channels.unmute', { channelId, direction: 'in' });
    },
    async sendKeys(channelId: string, keys: string) {
      await call('channels.sendDTMF', { channelId, dtmf: keys });
    },
    answer: (channelId: string) => onChannel('channels.answer', channelId),
    hangUp: (channelId: string) => absent(onChannel('channels.hangup', channelId)),
    startMusic: (channelId: string) => onChannel('channels.startMoh', channelId),
    stopMusic: (channelId: string) => onChannel('channels.stopMoh', channelId),
    startSilence: (channelId: string) => onChannel('channels.startSilence', channelId),
    stopSilence: (channelId: string) => onChannel('channels.stopSilence', channelId),
    async play(channelId: string, playbackId: string, media: string) {
      await call('channels.playWithId', { channelId, playbackId, media });
    },
    stopPlayback: (playbackId: string) => absent(call('playbacks.stop', { playbackId })),
    async isPlaying(playbackId: string) {
      const found = read(ariReplies.playback, call('playbacks.get', { playbackId }));
      return (await found.then(({ state }) => state, notFoundIs('done'))) !== 'done';
    },
    async readVariable(channelId: string, variable: string) {
      const found = read(
        ariReplies.variable,
        call('channels.getChannelVar', { channelId, variable }),
      );
      return await found.then(({ value }) => value, notFoundIs(''));
    },
  };
}

/** A bridge that forwards videos is the only kind that mixes two voices as well. */
const bridgeTypes: Record<BridgeKind, string> = { smart: 'mixing', mixed: 'mixing,video_sfu' };

function bridgeRequests(call: AriCall) {
  return {
    async createBridge(bridgeId: string, kind: BridgeKind = 'smart') {
      try {
        const type = bridgeTypes[kind];
        await call('bridges.createWithId', { bridgeId, type, name: bridgeId });
      } catch (error) {
        if (!(error instanceof AriError) || error.status !== 409) throw error;
      }
    },
    destroyBridge: (bridgeId: string) => absent(call('bridges.destroy', { bridgeId })),
    async findBridge(bridgeId: string) {
      const found = read(ariReplies.bridge, call('bridges.get', { bridgeId }));
      return await found.then(
        ({ channels: members, video_mode }) => ({
          kind: video_mode === 'sfu' ? ('mixed' as const) : ('smart' as const),
          members,
        }),
        notFoundIs(undefined),
      );
    },
    async listBridges() {
      const bridges = await read(ariReplies.bridges, call('bridges.list', {}));
      return bridges.map(({ id }) => id);
    },
    async addToBridge(bridgeId: string, channelIds: readonly string[]) {
      // Without `inhibit…` the agent's phone would be told the caller's full number.
      const channel = channelIds.join(',');
      await call('bridges.addChannel', { bridgeId, channel, inhibitConnectedLineUpdates: true });
    },
    async removeFromBridge(bridgeId: string, channelId: string) {
      await call('bridges.removeChannel', { bridgeId, channel: channelId });
    },
  };
}

function phoneRequests(call: AriCall, app: string) {
  return {
    listPhones: () => read(ariReplies.endpoints, call('endpoints.listByTech', { tech: 'PJSIP' })),
    async subscribedPhones() {
      const found = call('applications.get', { applicationName: app });
      const { endpoint_ids } = await read(ariReplies.application, found);
      return endpoint_ids.map((id) => id.replace(/^PJSIP\//, ''));
    },
    async subscribeToPhone(endpointId: string) {
      const eventSource = `endpoint:PJSIP/${endpointId}`;
      await call('applications.subscribe', { applicationName: app, eventSource });
    },
    async putSipObject(type: SipObject, id: string, fields: Readonly<Record<string, string>>) {
      await call('asterisk.updateObject', {
        ...sipObject(type, id),
        fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
      });
    },
    async hasSipObject(type: SipObject, id: string) {
      const found = call('asterisk.getObject', sipObject(type, id));
      return await found.then(() => true, notFoundIs(false));
    },
    deleteSipObject: (type: SipObject, id: string) =>
      absent(call('asterisk.deleteObject', sipObject(type, id))),
  };
}

function sipObject(objectType: SipObject, id: string): AriParams {
  return { configClass: 'res_pjsip', objectType, id };
}

/** For `then`: turns "there is no such thing" into a value and lets every other error pass. */
function notFoundIs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof AriError && error.status === 404) return value;
    throw error;
  };
}
