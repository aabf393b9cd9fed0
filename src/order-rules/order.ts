import type { MoveName } from './moves.ts';
import type { NoteName } from './notes.ts';
import type { Tried, VisitTry } from './visit-tries.ts';
import type { Actor, OrderState, PartyType, RequestType, Urgency } from './words.ts';

/** Who acts, and in what part. `unitId` is the unit the person acts for, null at the hotline. */
export interface Hand {
  readonly personId: string;
  readonly actor: Actor;
  readonly unitId: string | null;
}

/** What runs against whom. `hotline` is an owner like any unit. */
export interface Clock {
  readonly kind: ClockKind;
  /** A unit's id, or `hotline`. */
  readonly owner: string;
  readonly startedAt: number;
  readonly dueAt: number;
  /** When it was stopped by what it measured, milliseconds; null while it runs. */
  readonly stoppedAt: number | null;
  /** Since when it stands still and why; null while it runs. */
  readonly paused: { readonly at: number; readonly why: PauseReason } | null;
}

/** dispatch, sign for, contact the caller, reply, rule on a return, check a reply, visit, hear from outside. */
export type ClockKind =
  | 'dispatch'
  | 'sign'
  | 'contact'
  | 'reply'
  | 'return'
  | 'check'
  | 'visit'
  | 'outside';

export type Solved = (typeof solvedWords)[number];
export const solvedWords = ['solved', 'partly', 'not', 'explained'] as const;

export type PauseReason = 'reply-checked' | 'long-term' | 'handed-outside';

/** A move somebody asked for and others have to agree to. */
export interface Pending {
  readonly move: MoveName;
  readonly askedBy: Hand;
  readonly askedAt: number;
  /** How many have agreed already. */
  readonly agreed: number;
  readonly data: MoveData;
}

/** A joint meeting (联席会议), as the orders on its agenda name it. */
export interface Meeting {
  readonly id: string;
  readonly title: string;
}

/** Something an order's unit, or the hotline, has to answer for by a day. */
export interface Task {
  readonly id: string;
  readonly kind: 'instruction' | 'decision';
  readonly text: string;
  readonly givenBy: string;
  readonly givenAt: number;
  /** Who answers: the lead unit of that moment; null is the hotline. */
  readonly unitId: string | null;
  readonly dueAt: number | null;
  /** The meeting that decided it; instructions have none. */
  readonly meeting?: Meeting;
  /** What was answered last; asked again, it is gone. */
  readonly feedback: {
    readonly at: number;
    readonly personId: string;
    readonly text: string;
  } | null;
  readonly closedAt: number | null;
}

/** A call to the citizen through the hotline's number: that it was tried, or how long they spoke. */
export interface RelayedCall {
  readonly callId: string;
  /** Milliseconds of talk; left out where it was not seen to its end, or had only been tried. */
  readonly talkMs?: number;
}

/** What somebody found on the spot. */
export interface SiteRecord {
  readonly at: number;
  readonly place: string;
  /** Degrees, WGS 84, as the telephone gave it. */
  readonly position: { readonly lat: number; readonly lng: number } | null;
  readonly parties: string;
  /** Photographs, files of the order. */
  readonly fileIds: readonly string[];
}

/** A work order as its events made it. */
export interface Order {
  readonly id: string;
  readonly state: OrderState;
  readonly type: RequestType;
  readonly urgency: Urgency;
  readonly party: PartyType;
  readonly matter: string;
  readonly area: string;
  /** Reports (举报), sensitive and confidential matters: hidden below the deciding unit. */
  readonly sealed: boolean;
  /** The unit complained about: it never decides its own case. */
  readonly againstUnitId: string | null;
  /** The pack in force on the day of acceptance, `id@version`; it stays. */
  readonly pack: string | null;
  /** Who answers for the order now; null only when nobody has to act any more. */
  readonly responsible: string | null;
  readonly leadUnitId: string | null;
  /** Where the lead unit passed it down to: itself, or a unit below it. */
  readonly handlingUnitId: string | null;
  /** Who answers for it at the unit, also while the hotline looks at a return or a reply. */
  readonly unitPerson: string | null;
  readonly coUnitIds: readonly string[];
  /** Co-units that have told the lead unit what they did. */
  readonly coUnitsIn: readonly string[];
  readonly clocks: readonly Clock[];
  readonly pending: Pending | null;
  /** The unit has spoken to the caller about this round. */
  readonly contacted: boolean;
  /** The latest calls to the caller, of the unit or of visitors, a few, the last one last. */
  readonly relays: readonly { readonly callId: string; readonly at: number }[];
  /** A ruling named the unit: it may not be returned again. */
  readonly ruled: boolean;
  /** How many units had it, one after the other. */
  readonly hops: number;
  readonly improperReturns: number;
  readonly reworks: number;
  readonly extendedTimes: number;
  readonly extendedWorkdays: number;
  readonly urged: number;
  /** When the citizen urged last. */
  readonly urgedAt: number | null;
  /** The citizen's own word on this round, given without being asked by a visitor. */
  readonly rated: {
    readonly at: number;
    readonly rating: number;
    readonly solved: Solved | null;
  } | null;
  /** Visits of this round that were tried in vain. */
  readonly visitTries: readonly VisitTry[];
  /** The citizen's wish to withdraw it, until somebody has decided on that; null without one. */
  readonly withdrawal: { readonly at: number; readonly why: string } | null;
  /** The caller's last word on the handling, given to a visitor or without being asked; null without. */
  readonly satisfied: boolean | null;
  /** What was asked for by instruction (批示) or decided by a meeting, and has to be answered for. */
  readonly tasks: readonly Task[];
  /** Of a long-term order: what is to be done, and when it is looked at again. */
  readonly plan: { readonly text: string; readonly reviewAt: number } | null;
  /** 0 none, 1 unit's liaison, 2 unit's head and inspection office, 3 city leader. */
  readonly supervision: 0 | 1 | 2 | 3;
  /** How often it was opened anew on new facts. */
  readonly round: number;
  readonly mergedInto: string | null;
  /** The order it repeats, as the agent saw it; a dispatcher decides whether it is merged. */
  readonly repeatOf?: string;
  /** When it stopped being open; null while somebody has to act. */
  readonly endedAt: number | null;
}

/** What a move carries; each move uses what it needs (`guards.ts`). */
export interface MoveData {
  readonly why?: string;
  /** The order itself, when it is opened. */
  readonly request?: {
    readonly type: RequestType;
    readonly urgency: Urgency;
    readonly party: PartyType;
    readonly matter: string;
    readonly area: string;
    readonly sealed: boolean;
    readonly againstUnitId: string | null;
  };
  /** All elements the request point's template requires are there. */
  readonly complete?: boolean;
  /** Knowledge item the answer cites. */
  readonly citesItem?: string;
  readonly pack?: string;
  readonly confidence?: number;
  /** Unit and its duty person, who answers for the order from now on. */
  readonly unit?: { readonly id: string; readonly duty: string };
  readonly coUnitIds?: readonly string[];
  /** Unit below the lead unit that goes on with it. */
  readonly handlingUnitId?: string;
  /** Person who answers for the order from now on. */
  readonly owner?: string;
  readonly masterId?: string;
  readonly ground?: string;
  readonly suggestedUnitId?: string;
  readonly workdays?: number;
  readonly plan?: string;
  readonly publicReply?: string;
  readonly proof?: string;
  readonly callId?: string;
  readonly satisfied?: boolean;
  readonly notReached?: boolean;
  /** Why a visit was in vain this time. */
  readonly tried?: Tried;
  /** The caller's own rating of the *handling*, 1 to 5; never one that was filled in by default. */
  readonly rating?: number;
  /** Is it solved: the unit's claim on a reply, the caller's word on a visit. */
  readonly solved?: Solved;
  readonly level?: 1 | 2 | 3;
  /** By when an instruction or decision is answered, a long-term order is looked at again, or a meeting sits. */
  readonly until?: number;
  readonly taskId?: string;
  /** Is the answer to an instruction enough? */
  readonly settled?: boolean;
  readonly meeting?: Meeting;
  readonly site?: SiteRecord;
  /** Written by the house itself, never sent by anybody. */
  readonly relay?: RelayedCall;
  readonly sealed?: boolean;
  /** New due times, worked out when the event happened, so that a replay needs no calendar. */
  readonly due?: Partial<Record<ClockKind, number>>;
}

/** One fact in the life of an order. */
export interface OrderEvent {
  readonly orderId: string;
  readonly at: number;
  readonly move: MoveName | NoteName;
  /** `asked` and `agreed` lead to `done`; `declined` ends the asking. */
  readonly step: 'asked' | 'agreed' | 'declined' | 'done';
  readonly by: Hand;
  readonly data: MoveData;
}
