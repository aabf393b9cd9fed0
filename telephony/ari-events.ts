import { z } from 'zod';

const channel = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  creationtime: z.string(),
  caller: z.object({ number: z.string() }),
  /** Absent with a configuration from before, which lives until Asterisk is started again. */
  channelvars: z.object({ YIHAO_RECORDING: z.string().default('') }).optional(),
  dialplan: z.object({ app_name: z.string().default(''), app_data: z.string().default('') }),
});

const endpoint = z.object({ technology: z.string(), resource: z.string(), state: z.string() });

/** Asterisk's picture of a channel, as far as we look at it. */
export type AriChannel = z.infer<typeof channel>;
/** Asterisk's picture of a phone; `state` is `online` while it is registered. */
export type AriEndpoint = z.infer<typeof endpoint>;

const playback = z.object({ id: z.string(), state: z.string() });
const endpointOnly = z.object({ endpoint });

/** How a channel ended by its own account. */
export interface ChannelEnding {
  /** The Q.850 number; 0 when the far side hung up without giving one. */
  cause: number;
  /** The phone had been ringing and nobody answered. */
  wasRinging: boolean;
}

/** What can be heard from Asterisk, reduced to the kinds somebody acts on. */
export type AriEvent =
  /** A channel has entered our application with these arguments; `at`: by Asterisk's clock. */
  | { kind: 'entered'; channel: AriChannel; args: string[]; at: string }
  /** A channel has left our application, which for us means that it ended. Carries no cause. */
  | { kind: 'left'; channelId: string }
  /** A channel is no more; only heard of channels to phones we subscribed to. */
  | { kind: 'destroyed'; channelId: string; ending: ChannelEnding }
  | { kind: 'key'; channelId: string; key: string }
  | { kind: 'playback-over'; playbackId: string; failed: boolean }
  | { kind: 'endpoint'; endpoint: AriEndpoint }
  /** Another connection took our application over. */
  | { kind: 'replaced' };

const readers = {
  StasisStart: z
    .object({ channel, args: z.array(z.string()), timestamp: z.string() })
    .transform(({ timestamp: at, ...raw }): AriEvent => ({ kind: 'entered', at, ...raw })),
  StasisEnd: z
    .object({ channel: z.object({ id: z.string() }) })
    .transform((raw): AriEvent => ({ kind: 'left', channelId: raw.channel.id })),
  ChannelDestroyed: z
    .object({ channel: z.object({ id: z.string(), state: z.string() }), cause: z.number() })
    .transform(
      ({ channel, cause }): AriEvent => ({
        kind: 'destroyed',
        channelId: channel.id,
        ending: { cause, wasRinging: channel.state === 'Ringing' },
      }),
    ),
  ChannelDtmfReceived: z
    .object({ channel: z.object({ id: z.string() }), digit: z.string() })
    .transform((raw): AriEvent => ({ kind: 'key', channelId: raw.channel.id, key: raw.digit })),
  PlaybackFinished: z.object({ playback }).transform(
    (raw): AriEvent => ({
      kind: 'playback-over',
      playbackId: raw.playback.id,
      failed: raw.playback.state === 'failed',
    }),
  ),
  EndpointStateChange: endpointOnly.transform(fromEndpoint),
  PeerStatusChange: endpointOnly.transform(fromEndpoint),
  ContactStatusChange: endpointOnly.transform(fromEndpoint),
  ApplicationReplaced: z.object({}).transform((): AriEvent => ({ kind: 'replaced' })),
} as const;

function fromEndpoint(raw: { endpoint: AriEndpoint }): AriEvent {
  return { kind: 'endpoint', endpoint: raw.endpoint };
}

/** The event types to ask Asterisk for; all others are filtered out at the source. */
export const wantedEventTypes: readonly string[] = Object.keys(readers);

const typed = z.object({ type: z.string() });

/**
 * Reads one message of the event stream. Undefined for a type nobody here acts on.
 * @throws when the text is not JSON or does not look as its type should.
 */
export function parseAriEvent(text: string): AriEvent | undefined {
  const raw: unknown = JSON.parse(text);
  const { type } = typed.parse(raw);
  if (!Object.hasOwn(readers, type)) return undefined;
  return readers[type as keyof typeof readers].parse(raw);
}

/** Shapes of replies. */
export const ariReplies = {
  channel,
  channels: z.array(channel),
  endpoints: z.array(endpoint),
  application: z.object({ endpoint_ids: z.array(z.string()) }),
  info: z.object({
    status: z.object({ startup_time: z.string() }),
    system: z.object({ version: z.string() }),
  }),
  bridge: z.object({
    id: z.string(),
    channels: z.array(z.string()),
    video_mode: z.string().optional(),
  }),
  bridges: z.array(z.object({ id: z.string(), channels: z.array(z.string()) })),
  variable: z.object({ value: z.string() }),
  playback,
} as const;
