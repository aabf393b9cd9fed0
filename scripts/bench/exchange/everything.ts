import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RunningAsterisk } from '../../asterisk/launch.ts';

/** An application that subscribes to everything there is, and only counts. */
export interface Everything {
  /** Bytes of its event stream so far, with their framing. */
  bytes(): number;
  close(): void;
}

export async function subscribeToAll({
  ariUrl,
  ariUser,
  ariPassword,
}: RunningAsterisk): Promise<Everything> {
  const opening = request(`${ariUrl}/ari/events?app=everything&subscribeAll=true`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.from('sixteen bytes ok').toString('base64'),
    },
  });
  opening.end();
  const stream = await new Promise<Duplex>((resolve, reject) => {
    opening.once('upgrade', (_reply, socket) => resolve(socket));
    opening.once('response', ({ statusCode }) => reject(new Error(`refused: ${statusCode}`)));
    opening.once('error', reject);
  });
  let bytes = 0;
  stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
  });
  stream.on('error', () => {});
  return { bytes: () => bytes, close: () => stream.destroy() };
}
