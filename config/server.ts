import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * What the operator of a server can set. Every setting has its value in `default.yaml`; a site's own
 * file and the environment variables of `load.ts` go over it. A setting without a value is an error,
 * so this file has no defaults of its own.
 */

const port = z.int().min(1).max(65_535);
const address = z.string().refine((text) => isIP(text) !== 0, 'an IP address');
const range = z.string().refine(isRange, 'an address range such as 10.1.0.0/16, or one address');
const origin = z.string().refine(isOrigin, 'an origin such as https://12345.example.gov.cn');
const minutes = z.int().min(1).max(100_000);

/** STUN and TURN addresses as browsers take them (RFC 7064, RFC 7065). */
const iceUrl = /^(stuns?:[\w.-]+(:\d{1,5})?|turns?:[\w.-]+(:\d{1,5})?(\?transport=(udp|tcp))?)$/;

/** A line the public telephone network reaches us by: calls from these addresses are let in. */
const trunk = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens'),
  match: z.array(range).min(1),
});

/**
 * How numbers outside may be called by agents. Everything that is not allowed here is refused, whoever
 * asks: the protection against toll fraud.
 */
const outbound = z.strictObject({
  /** Carrier or gateway that takes the calls. */
  host: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, 'an address or a host name'),
  port,
  /** Dialled before every number; may be empty. */
  prefix: z.string().regex(/^[0-9]{0,8}$/, 'at most 8 digits'),
  /** Numbers that may be called: digits, X for any digit, a final * for any digits more. */
  allowed: z.array(z.string().regex(/^\+?[0-9X]{1,20}\*?$/, 'digits, X, and * at the end')).min(1),
  /** The number shown: the hotline's. */
  callerId: z.string().regex(/^\+?[0-9]{3,20}$/),
  maxConcurrent: z.int().min(1).max(1_000),
  maxPerMinute: z.int().min(1).max(10_000),
  /** Calls of their own one person may place within an hour. */
  maxPerPersonHour: z.int().min(1).max(10_000).default(60),
});

/**
 * A server that helps browsers' phones outside the house. A STUN server takes no password; a TURN server
 * shares a secret with us, from which every agent gets a password that expires.
 */
const iceServer = z
  .strictObject({
    urls: z.array(z.string().regex(iceUrl, 'such as turn:turn.example.gov.cn:3478')).min(1).max(8),
    secret: z.string().min(16, 'at least 16 characters').optional(),
  })
  .refine(
    ({ urls, secret }) => urls.every((url) => url.startsWith('turn') === (secret !== undefined)),
    {
      message: 'with turn: and turns:, and only with them',
      path: ['secret'],
    },
  );

/** An Asterisk that runs elsewhere; null = the server starts its own. */
const externalAri = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  user: z.string().min(1),
  password: z.string().min(1),
});

export const serverSchema = z.strictObject({
  /** Address the console and the telephones reach us at. */
  bind: address,
  http: z.strictObject({
    port,
    /** Other origins the console is served under, e.g. behind a reverse proxy. */
    publicOrigins: z.array(origin),
    /** Proxies whose word on the visitor's address is taken; empty = nobody's. */
    trustedProxies: z.array(range),
  }),
  sip: z.strictObject({
    port,
    trunks: z.array(trunk),
    outbound: outbound.nullable(),
    iceServers: z.array(iceServer).max(8),
  }),
  ari: z.strictObject({
    /** Where our own Asterisk listens for us, on the loopback address only. */
    port,
    /** What carries our requests to it and its events to us. */
    client: z.enum(['direct', 'ari-client']),
    external: externalAri.nullable(),
  }),
  /** Database, recordings, prompts, keys. */
  dataDir: z.string().min(1),
  /** Room on the disk of `dataDir`. */
  storage: z.strictObject({
    /** With less than this free, new conversations are not recorded: calls and their records go on. */
    recordingsStopBelowMb: z.int().min(0).max(1_000_000),
    /** Held back for the records of calls when the disk is full; 0 = nothing. */
    reserveMb: z.int().min(0).max(10_000),
  }),
  /** A server whose event loop stands still for so long ends itself and is started again; 0 = never. */
  endWhenStuckSeconds: z.int().min(0).max(3_600),
  session: z.strictObject({
    /** Without a sign of life for this long a session ends. */
    idleMinutes: minutes,
    /** However busy, a session ends after this long. */
    longestMinutes: minutes,
  }),
  signIn: z.strictObject({
    /** After this many wrong passwords in a row the account is locked … */
    failuresAllowed: z.int().min(1).max(100),
    /** … for this long. */
    lockMinutes: minutes,
  }),
  password: z.strictObject({
    minLength: z.int().min(8).max(64),
    /** How many of letters, digits, symbols a password must contain. */
    minKinds: z.int().min(1).max(3),
  }),
  /** Requests per minute: of one session, and of one address that is not signed in. */
  rateLimit: z.strictObject({
    perMinute: z.int().min(10).max(1_000_000),
    signInPerMinute: z.int().min(1).max(100_000),
  }),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  /**
   * Callers while no server is connected: music for `afterSeconds`, then the phones of the emergency
   * seats ring for `ringSeconds`, then they may leave their number to be called back. In force when
   * Asterisk is started.
   */
  withoutServer: z.strictObject({
    afterSeconds: z.int().min(5).max(3_600),
    emergencySeats: z.array(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)).max(20),
    ringSeconds: z.int().min(5).max(120),
  }),
  /** Text messages to whoever asked. */
  messages: z.strictObject({
    /** `file` puts each text into `dataDir`/messages for a gateway to collect; `none` sends nothing. */
    provider: z.enum(['file', 'none']),
    /** Pauses after attempts in vain; after the last one a text is given up. */
    retryMinutes: z.array(z.int().min(1).max(10_080)).max(20),
  }),
  /** Official calendars of working days. */
  calendar: z.strictObject({
    /** From this day of the year, `11-01`, the one of the next year is missed until it is imported. */
    nextYearFrom: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'month and day such as 11-01'),
  }),
  /** Whom a death of the exchange cut off gets the old place on calling again within this time. */
  redialMinutes: z.int().min(0).max(1_440),
  /** How long live calls may go on after the server was told to stop. */
  drainSeconds: z.int().min(0).max(86_400),
});

export type ServerConfig = z.infer<typeof serverSchema>;

function isRange(text: string): boolean {
  const [host = '', bits, ...rest] = text.split('/');
  const version = isIP(host);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
