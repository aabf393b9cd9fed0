import { z } from 'zod';

const seatId = z.string().regex(/^[0-9]{3,6}$/, '3 to 6 digits');
export const membershipSchema = z.strictObject({
  queueId: z.string().min(1).max(40),
  level: z.int().min(1).max(9),
});

/**
 * What stands at a seat: the browser itself, a desk phone that registers, or a telephone outside whose
 * line is kept open between calls (保持线路).
 */
const seatPhone = z.enum(['browser', 'sip', 'outside']);

/** A number as it is dialled. */
const number = z.string().regex(/^\+?[0-9]{3,20}$/, 'a telephone number');

/** A seat as administrators see and edit it. */
export const seatSchema = z
  .object({
    id: seatId,
    name: z.string().min(1).max(60),
    phone: seatPhone,
    /** Of the telephone outside; masked in every reply. Null for other phones. */
    number: z.string().nullable(),
    queues: z.array(membershipSchema).max(200),
    enabled: z.boolean(),
    /** The phone answers by itself; the agent hears a tone before the caller is let in. */
    autoAnswer: z.boolean(),
    createdAt: z.int(),
  })
  .meta({ id: 'Seat' });
export type Seat = z.infer<typeof seatSchema>;

/** Its agent hears a tone before the caller is let in; a line that is kept open never rings. */
export function answersByItself(seat: Seat | undefined): boolean {
  return seat !== undefined && (seat.autoAnswer || seat.phone === 'outside');
}

export const newSeatSchema = z.strictObject({
  id: seatId,
  name: z.string().trim().min(1).max(60),
  phone: seatPhone,
  /** Needed for a telephone outside, meaningless otherwise. */
  number: number.optional(),
  queues: z.array(membershipSchema).max(200),
  autoAnswer: z.boolean().optional(),
});
export type NewSeat = z.infer<typeof newSeatSchema>;
export const seatChangeSchema = newSeatSchema
  .omit({ id: true })
  .extend({ enabled: z.boolean() })
  .partial();
export type SeatChange = z.infer<typeof seatChangeSchema>;

/** A free seat an agent may sit down at. */
export const seatChoiceSchema = seatSchema
  .pick({ id: true, name: true, phone: true })
  .extend({ takenBy: z.string().nullable(), reachable: z.boolean() })
  .meta({ id: 'SeatChoice' });
export type SeatChoice = z.infer<typeof seatChoiceSchema>;

/** A server that helps a browser's sound through the networks between, in WebRTC's own words. */
const iceServerSchema = z.object({
  urls: z.array(z.string()),
  /** Of a TURN server only; both run out by themselves. */
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof iceServerSchema>;

/** What a phone needs to register. The password is shown here once and kept nowhere in clear. */
export const phoneSchema = z
  .object({
    kind: z.enum(['browser', 'sip']),
    user: z.string(),
    password: z.string(),
    /** SIP domain and, for a SIP phone, host and port to register at. */
    domain: z.string(),
    port: z.int(),
    /** Path of the SIP WebSocket on this server, for a browser. */
    webSocketPath: z.string(),
    /** STUN and TURN servers, for an agent's browser; empty for other phones. */
    iceServers: z.array(iceServerSchema),
  })
  .meta({ id: 'Phone' });
export type Phone = z.infer<typeof phoneSchema>;

/** How a shift leader is with a talk: unheard, heard by the agent only, heard by all. */
export const monitorMode = z.enum(['listen', 'whisper', 'barge']);

/** What the signed-in agent's own seat is doing. `null` at the API means: not at a seat. */
export const deskSchema = z
  .object({
    seatId: z.string(),
    seatName: z.string(),
    phone: seatPhone,
    /** How the line to the seat's telephone outside is; absent at other phones. */
    line: z.enum(['calling', 'open', 'down']).optional(),
    phoneReachable: z.boolean(),
    state: z.enum(['offline', 'not-ready', 'ready', 'ringing', 'talking', 'hold', 'wrap-up']),
    /** Since when, milliseconds since the epoch (server time, see `now`). */
    since: z.int(),
    reason: z.string().nullable(),
    callId: z.string().nullable(),
    /** When the ring or the wrap-up ends by itself. */
    until: z.int().nullable(),
    /** Will be not ready for this reason once the present call is over. */
    notReadyNext: z.string().nullable(),
    queueIds: z.array(z.string()),
    /** Whom the agent asked in, outside or at a seat: still being called, or in the talk. */
    party: z
      .object({ number: z.string().nullable(), seatId: z.string().nullable(), isIn: z.boolean() })
      .nullable(),
    /** How a shift leader is with the talk, where agents may know; null when nobody is. */
    monitored: monitorMode.nullable(),
    /** Whose talk the shift leader at this seat hears, and how. */
    monitoring: z.object({ seatId: z.string(), mode: monitorMode }).nullable(),
    /** The call is another agent's, who asked for help. */
    isGuest: z.literal(true).optional(),
    /** The seat a guest helps. */
    hostSeatId: z.string().optional(),
    /** The agent's own call: the own phone rings, then theirs. It can be given up. */
    dialling: z.literal(true).optional(),
    autoAnswer: z.literal(true).optional(),
    /** The caller is in a self-service, until then at the latest. */
    selfService: z.object({ serviceId: z.string(), since: z.int(), until: z.int() }).optional(),
    /** What the last self-service of this talk brought; digits are stored nowhere else. */
    selfServiceResult: z
      .object({
        serviceId: z.string(),
        outcome: z.enum(['done', 'nothing', 'taken-back', 'limit', 'cut']),
        choice: z.string().nullable(),
        digits: z.string().nullable(),
      })
      .optional(),
    /** Server time, so that a console with a wrong clock counts right. */
    now: z.int(),
  })
  .meta({ id: 'Desk' });
export type Desk = z.infer<typeof deskSchema>;

/** Colleagues and queues an agent can bring into a call or send it to. */
export const targetsSchema = z
  .object({
    seats: z.array(
      deskSchema.pick({ seatId: true, seatName: true, state: true, queueIds: true }).extend({
        agentName: z.string(),
        find: z.string().describe('pinyin of the name, whole and by initials'),
      }),
    ),
    queues: z.array(
      z.object({
        queueId: z.string(),
        waiting: z.int(),
        ready: z.int().describe('seats that would take a call now'),
        find: z.string(),
      }),
    ),
  })
  .meta({ id: 'Targets' });
export type Targets = z.infer<typeof targetsSchema>;

const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'HH:MM');
const who = z.string().trim().min(1).max(60);
const shift = z
  .strictObject({ from: time, to: time, who })
  .refine(({ from, to }) => from < to, { message: 'must end after it begins', path: ['to'] });

const roster = z.strictObject({
  /** Days 1 = Monday … 7 = Sunday. */
  weekly: z
    .array(
      z
        .strictObject({
          days: z.array(z.int().min(1).max(7)).min(1).max(7),
          from: time,
          to: time,
          who,
        })
        .refine(({ from, to }) => from < to, { message: 'must end after it begins', path: ['to'] }),
    )
    .max(100),
  /** A date that is named replaces its weekday; without shifts nobody is on duty. */
  dates: z.array(z.strictObject({ date: z.iso.date(), shifts: z.array(shift).max(20) })).max(400),
});

const shape = {
  name: z.string().trim().min(1).max(60),
  /** What they know: `police`, `transport`, `health`, `tax`, `customs`, or another word of the site. */
  skill: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** Where they are: one of the house's seats, or a number outside. Exactly one of the two. */
  seatId: z.string().max(10).nullable(),
  number: z
    .string()
    .regex(/^\+?[0-9]{3,20}$/)
    .nullable(),
  enabled: z.boolean(),
  roster,
};

/** An expert position as it is edited. */
export const expertInputSchema = z
  .strictObject(shape)
  .refine(({ seatId, number }) => (seatId === null) !== (number === null), {
    message: 'a seat or a number',
    path: ['seatId'],
  });
export type ExpertInput = z.infer<typeof expertInputSchema>;

export const expertSchema = z
  .object({ id: z.string(), ...shape, createdAt: z.int() })
  .meta({ id: 'Expert' });
export type Expert = z.infer<typeof expertSchema>;

/** An expert position as an agent sees it: the number outside stays hidden. */
export const expertChoiceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    skill: z.string(),
    kind: z.enum(['seat', 'number']),
    onDuty: z.object({ who: z.string(), until: z.int() }).nullable(),
    /** On duty, and the seat is free or the number may be called now. */
    reachable: z.boolean(),
    /** How people type the names: pinyin and its initials. */
    find: z.string(),
  })
  .meta({ id: 'ExpertChoice' });
export type ExpertChoice = z.infer<typeof expertChoiceSchema>;
