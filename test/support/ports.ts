import { createServer } from 'node:net';

/** A block of ports this process has to itself. */
export interface Ports {
  sipPort: number;
  httpPort: number;
  ariPort: number;
  /** 900 UDP ports: some hundred calls at once. */
  rtpStartPort: number;
  rtpEndPort: number;
}

const blockSize = 1_000;
const firstBlock = 11_000;
/** Linux takes outgoing connections' own ports from 32768 up: one of them may be on any fixed port there. */
const endOfBlocks = 32_500;

/**
 * Claims a block below the ephemeral range, so that test runs side by side do not disturb each
 * other. Listeners on the block's first port and in its middle are the flag; it falls when this process
 * ends.
 */
export async function claimPorts(): Promise<Ports> {
  for (let base = firstBlock; base + blockSize <= endOfBlocks; base += blockSize) {
    if ((await flagged(base)) && (await flagged(base + blockSize / 2))) {
      return {
        sipPort: base + 60,
        httpPort: base + 80,
        ariPort: base + 88,
        rtpStartPort: base + 100,
        rtpEndPort: base + 999,
      };
    }
  }
  throw new Error(`no block of ports is free between ${firstBlock} and ${endOfBlocks}`);
}

function flagged(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const flag = createServer();
    flag.once('error', () => resolve(false));
    flag.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      flag.unref();
      resolve(true);
    });
  });
}
