import { create } from 'zustand';
import type { Pop } from '../../../src/calls/schema.ts';
import type { DeskMessage } from '../../../src/realtime/protocol.ts';
import type { Desk } from '../../../src/seats/schema.ts';
import { post, remove } from './api.ts';
import { learnServerTime } from './server-time.ts';
import { type ConsoleSocket, openSocket } from './socket.ts';

interface DeskState {
  /** Told by the server at least once. */
  known: boolean;
  /** This tab holds the phone; false: another tab does. */
  held: boolean;
  desk: Desk | null;
  pop: Pop | null;
  n: number;
}

export const useDesk = create<DeskState>(() => ({
  known: false,
  held: true,
  desk: null,
  pop: null,
  n: 0,
}));

function take(message: DeskMessage, held: boolean): void {
  if (message.desk) learnServerTime(message.desk.now);
  useDesk.setState({ known: true, held, desk: message.desk, pop: message.pop, n: message.n });
}

function watch(socket: ConsoleSocket, seize: boolean): void {
  socket.emit('watchDesk', { take: seize }, (answer) => {
    if (answer.ok) take(answer.state, answer.state.held);
    else useDesk.setState({ known: true });
  });
}

/** Makes this tab the one with the phone. */
export function takeOver(): void {
  watch(openSocket(), true);
}

/** Listens for the agent's own seat on a fresh connection. */
export function attachDesk(socket: ConsoleSocket): void {
  socket.on('connect', () => watch(socket, false));
  socket.on('desk', (message) => {
    const { n, held } = useDesk.getState();
    if (message.n <= n) return;
    if (message.n !== n + 1) return watch(socket, false);
    take(message, held);
  });
  socket.on('deskTaken', () => useDesk.setState({ held: false }));
}

type DeskReply = { desk: Desk | null };

/** Does something at the own seat; the reply shows at once, before the stream says it too. */
export async function deskDo(verb: string, body?: unknown): Promise<Desk | null> {
  return show(await post<DeskReply>(`/desk/${verb}`, body));
}

/** Takes something at the own seat away again. */
export async function deskUndo(what: string): Promise<Desk | null> {
  return show(await remove<DeskReply>(`/desk/${what}`));
}

/** The stream may have overtaken the reply; what it said is newer. */
function show({ desk }: DeskReply): Desk | null {
  const known = useDesk.getState().desk;
  if (desk && known && desk.now <= known.now) return known;
  if (desk) learnServerTime(desk.now);
  useDesk.setState({ desk, known: true });
  return desk;
}
