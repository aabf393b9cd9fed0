import { afterAll, beforeAll, expect, test } from 'vitest';
import { deferred } from '../../src/kit/abort.ts';
import { createLog } from '../../src/kit/log.ts';
import { createAriLink, type EventHandlers } from '../../telephony/ari-link.ts';
import { FakeAri } from '../support/fake-ari.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { ariLinkContract } from './ari-link.contract.ts';

let fake: FakeAri;

beforeAll(async () => {
  fake = await FakeAri.start();
});

afterAll(() => fake.stop());

ariLinkContract('the link over a fake Asterisk', () => ({
  port: fake.port,
  user: fake.user,
  password: fake.password,
  async bring() {
    const id = `caller-${fake.requests.length}`;
    fake.bring(id);
    return async () => fake.takeAway(id);
  },
}));

/** A link over a wire that does nothing by itself: the test opens and closes its streams. */
function linkByHand() {
  const clock = new FakeClock();
  const streams: EventHandlers[] = [];
  const filters: (() => void)[] = [];
  const connections: boolean[] = [];
  const link = createAriLink({
    backend: {
      prepare: async () => {},
      request: () => {
        const asked = deferred<void>();
        filters.push(asked.resolve);
        return asked.promise;
      },
      openEvents: (_app, handlers) => {
        streams.push(handlers);
        return { ping() {}, terminate: handlers.onClose };
      },
      close: async () => {},
    },
    app: 'yihao',
    onEvent() {},
    onConnection: (connected) => connections.push(connected),
    clock,
    log: createLog('silent'),
    limits: { reconnectFirstMs: 100 },
  });
  /** The newest stream opens, and its filter is on its way. */
  const opens = async () => {
    await settle();
    streams.at(-1)?.onOpen();
    await settle();
  };
  return { clock, link, streams, filters, connections, opens };
}

test('a stream that is lost while its filter is on its way is opened again', async () => {
  const { clock, link, streams, filters, connections, opens } = linkByHand();
  const connecting = link.connect();
  await opens();
  filters[0]?.();
  await connecting;
  streams[0]?.onClose();
  await clock.advance(100);
  await opens();
  streams[1]?.onClose();
  filters[1]?.();
  await settle();
  expect(connections).toEqual([true, false]);
  await clock.advance(200);
  await opens();
  filters[2]?.();
  await settle();
  expect(connections).toEqual([true, false, true]);
});

test('connecting fails when the stream is lost while its filter is on its way', async () => {
  const { link, streams, filters, connections, opens } = linkByHand();
  const connecting = link.connect();
  await opens();
  streams[0]?.onClose();
  filters[0]?.();
  await expect(connecting).rejects.toMatchObject({ name: 'AriError', status: 0 });
  expect(connections).toEqual([]);
});
