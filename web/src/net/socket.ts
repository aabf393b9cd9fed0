import { io, type Socket } from 'socket.io-client';
import { create } from 'zustand';
import type {
  ConsoleToServer,
  Handshake,
  ServerToConsole,
  StorageState,
} from '../../../src/realtime/protocol.ts';

export type ConsoleSocket = Socket<ServerToConsole, ConsoleToServer>;

/** Is the live connection up, and when did it last say something (server time)? */
export const useLine = create<{ connected: boolean; everConnected: boolean }>(() => ({
  connected: false,
  everConnected: false,
}));

/** How the disk of the server is: `ok` until it says otherwise. */
export const useStorage = create<{ state: StorageState }>(() => ({ state: 'ok' }));

let socket: ConsoleSocket | undefined;

const TAB_KEY = 'yihao-tab';

/** A name for this tab that lives as long as it does, reloads included. */
function tabName(): string {
  const known = sessionStorage.getItem(TAB_KEY);
  if (known !== null) return known;
  const made = crypto.getRandomValues(new Uint32Array(4)).join('-');
  sessionStorage.setItem(TAB_KEY, made);
  return made;
}

/** The one live connection of this tab; opened after sign-in. */
export function openSocket(): ConsoleSocket {
  if (socket) return socket;
  const opened: ConsoleSocket = io({
    transports: ['websocket'],
    reconnectionDelayMax: 4_000,
    auth: { tab: tabName() } satisfies Handshake,
  });
  opened.on('connect', () => {
    useStorage.setState({ state: 'ok' });
    useLine.setState({ connected: true, everConnected: true });
  });
  opened.on('storage', (state) => useStorage.setState({ state }));
  opened.on('disconnect', () => useLine.setState({ connected: false }));
  socket = opened;
  return opened;
}

export function closeSocket(): void {
  socket?.close();
  socket = undefined;
  useLine.setState({ connected: false, everConnected: false });
}
