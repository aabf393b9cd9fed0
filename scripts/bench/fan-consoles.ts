import { setTimeout } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { monotonicMs } from './fan-words.ts';
import { unread } from './unread-parser.ts';

/** A socket of a session takes twenty tabs at most; each session has its own cookie here. */
const TABS = 20;
/** Opened at a time, so that the server's accept queue holds. */
const TOGETHER = 50;
const LOOK_MS = 100;
const WAIT_MS = 15_000;

/** Consoles that watch the floor and note when each change came in, without reading it. */
export interface Consoles {
  /** When each console got each of its changes: `monotonicMs`, in order. */
  arrivals: number[][];
  /** Resolves when every console has got so many changes, or after some seconds. */
  settled(changes: number): Promise<void>;
  /** Bytes of the last change. */
  bytes: () => number;
  close(): void;
}

/** Opens so many consoles at a server; resolves when all watch. */
export async function openConsoles(port: number, count: number): Promise<Consoles> {
  const arrivals: number[][] = Array.from({ length: count }, () => []);
  const sockets: Socket[] = [];
  let bytes = 0;
  for (let from = 0; from < count; from += TOGETHER) {
    const opening = arrivals.slice(from, from + TOGETHER).map((mine, at) =>
      watching(port, `session-${Math.floor((from + at) / TABS)}`, (text) => {
        mine.push(monotonicMs());
        bytes = text.length;
      }),
    );
    sockets.push(...(await Promise.all(opening)));
  }
  return {
    arrivals,
    bytes: () => bytes,
    async settled(changes) {
      for (let round = 0; round < WAIT_MS / LOOK_MS; round += 1) {
        if (arrivals.every((mine) => mine.length >= changes)) return;
        await setTimeout(LOOK_MS);
      }
    },
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}

function watching(port: number, cookie: string, onChange: (text: string) => void): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie },
    parser: unread(onChange),
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => socket.emit('watchFloor', () => resolve(socket)));
    socket.once('connect_error', reject);
  });
}
