import { BrowserAgent } from './browser-agent.ts';
import type { FaultResult } from './fault.ts';
import { Hall, type HallOptions } from './hall.ts';

/** Opens a hall for a case and closes it afterwards, however the case ends. */
export async function inHall(
  options: HallOptions,
  work: (hall: Hall) => Promise<FaultResult>,
): Promise<FaultResult> {
  const hall = await Hall.open(options);
  try {
    return await work(hall);
  } finally {
    await hall.close();
  }
}

/** What can stand between the server and the exchange. */
interface Proxy {
  readonly url: string;
  close(): void | Promise<void>;
}

/** The same with something between the server and the exchange. @param open is told the exchange's port */
export async function inHallBehind<P extends Proxy>(
  open: (port: number) => Promise<P>,
  options: HallOptions,
  work: (hall: Hall, proxy: P) => Promise<FaultResult>,
): Promise<FaultResult> {
  const opened: P[] = [];
  const ariVia = async ({ ariUrl }: { ariUrl: string }) => {
    const proxy = await open(Number(new URL(ariUrl).port));
    opened.push(proxy);
    return proxy.url;
  };
  try {
    return await inHall({ ...options, ariVia }, (hall) => {
      const [proxy] = opened;
      if (!proxy) throw new Error('no proxy');
      return work(hall, proxy);
    });
  } finally {
    for (const proxy of opened) await proxy.close();
  }
}

/** A hall whose only agent works in a browser, and has `graceMs` to come back into a call. */
export function inHallWithBrowser(
  graceMs: number,
  work: (hall: Hall, agent: BrowserAgent) => Promise<FaultResult>,
): Promise<FaultResult> {
  const hotline: HallOptions['hotline'] = (doc) => {
    doc.seatGraceMs = graceMs;
  };
  return inHall({ seats: 0, hotline }, async (hall) => {
    const agent = await BrowserAgent.open(hall.house, '7001', 'consumer');
    try {
      return await work(hall, agent);
    } finally {
      await agent.die();
    }
  });
}
