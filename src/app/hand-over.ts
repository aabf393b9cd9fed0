import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../kit/log.ts';

/** What is asked, and answered, through the socket. */
const QUESTION = 'hand over\n';
const ANSWER = 'yours\n';

/** Linux takes no longer path for a socket. */
const PATH_MAX = 107;

/** The socket through which a server can be asked to hand its calls over to its successor. */
function handOverSocket(dataDir: string): string {
  return join(dataDir, 'server.sock');
}

/**
 * Waits to be asked. `letGo` stops all deciding, writing and asking of the exchange; when it resolves,
 * the successor reads a store nobody writes to any more. Then the process is to end.
 */
export function offerHandOver(
  dataDir: string,
  log: Log,
  { letGo, end }: { letGo(): Promise<void>; end(): void },
): Server | null {
  const path = handOverSocket(dataDir);
  if (Buffer.byteLength(path) > PATH_MAX) {
    log.warn({ path }, 'the data folder has too long a name: no warm takeover');
    return null;
  }
  // Only one that nobody listens on any more can be there: the start has asked.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (asked) => {
      if (asked.toString() !== QUESTION) return socket.destroy();
      log.info('handing over to another server');
      letGo().then(
        () => socket.end(ANSWER, end),
        (error: unknown) => {
          log.fatal(
            { err: error },
            'the other server takes over what could not be put away properly',
          );
          socket.end(ANSWER, end);
        },
      );
    });
  });
  server.on('error', (err) => log.warn({ err }, 'no warm takeover: the socket cannot be opened'));
  server.listen(path);
  server.unref();
  return server;
}

/** Does a server answer on this data folder? */
export function isServed(dataDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(handOverSocket(dataDir));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/**
 * Asks the server of this data folder to hand over, and waits until it has.
 * @returns false when there is none
 * @throws when it goes away without having said that it let go
 */
export function askHandOver(dataDir: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(handOverSocket(dataDir));
    let said = '';
    let isThere = false;
    socket.once('connect', () => {
      isThere = true;
      socket.write(QUESTION);
    });
    socket.on('data', (text) => {
      said += text.toString();
    });
    socket.once('error', (error) => (isThere ? reject(error) : resolve(false)));
    socket.once('close', () => {
      if (said === ANSWER) resolve(true);
      else reject(new Error('the other server did not hand over'));
    });
  });
}
