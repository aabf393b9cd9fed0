import { createRequire } from 'node:module';
import type { Client } from 'ari-client';
import { carryRequests, type SwaggerModule } from './ari-client-transport.ts';
import { AriError } from './ari-error.ts';
import { type AriAccount, probe } from './ari-http.ts';
import type { AriBackend, EventHandlers, EventSocket } from './ari-link.ts';
import type { AriOperationName, AriParams } from './ari-operations.ts';

/** The parts of ari-client we rely on that its type description leaves out. */
interface OpenClient extends Client {
  _ws: WebSocketOfWs;
  [resource: string]: unknown;
}

/** The WebSocket of the `ws` package, as far as it is used. */
interface WebSocketOfWs {
  on(event: 'message', listener: (data: Buffer) => void): void;
  on(event: 'open' | 'pong' | 'close' | 'error', listener: () => void): void;
  removeAllListeners(): void;
  ping(): void;
  terminate(): void;
}

type Connect = typeof import('ari-client').connect;
type Operation = (params: AriParams) => PromiseLike<unknown>;

/**
 * The wire over ari-client 2.2.0. Its defects are listed in `README.md`; what is needed against them
 * below the link: its HTTP is carried by our own transport, the listeners on its WebSocket are ours,
 * and every backend has its own copy of the library, since the library keeps the account in a module.
 */
export function createAriClientBackend(account: AriAccount, timeoutMs = 5_000): AriBackend {
  const library = loadPrivateCopy();
  const transport = carryRequests(library.swagger, account.ariUrl, timeoutMs);
  let client: OpenClient | undefined;

  const connected = (): OpenClient => {
    if (!client) throw new AriError(0, 'not connected to Asterisk');
    return client;
  };

  return {
    async prepare() {
      // Only this proves the account before the library sees it: it would end the process over a 401.
      await probe(account, timeoutMs);
      client ??= await open(library.connect, account);
    },
    async request(operation, params) {
      try {
        return await operationOf(connected(), operation)(params);
      } catch (error) {
        throw transport.errorOf(error);
      }
    },
    openEvents: (app, handlers) => openEvents(connected(), app, handlers),
    close: () => transport.close(),
  };
}

async function open(connect: Connect, account: AriAccount): Promise<OpenClient> {
  try {
    return (await connect(account.ariUrl, account.user, account.password)) as OpenClient;
  } catch (error) {
    throw new AriError(0, `cannot read Asterisk's API description: ${String(error)}`);
  }
}

function operationOf(client: OpenClient, name: AriOperationName): Operation {
  const [resource = '', operation = ''] = name.split('.');
  const found = (client[resource] as Record<string, Operation> | undefined)?.[operation];
  if (!found) throw new AriError(0, `this Asterisk does not know ${name}`);
  return found;
}

/**
 * Takes the socket ari-client opens and replaces all listeners before anything can happen on it. Its
 * own would throw at unknown event types, keep a listener per channel, and give up after ten tries.
 */
function openEvents(client: OpenClient, app: string, handlers: EventHandlers): EventSocket {
  client.start(app).then(undefined, () => {});
  const socket = client._ws;
  socket.removeAllListeners();
  socket.on('open', handlers.onOpen);
  socket.on('message', (data) => handlers.onMessage(data.toString()));
  socket.on('pong', handlers.onPong);
  socket.on('close', handlers.onClose);
  // A close follows every error; the error's text could hold the address with the password.
  socket.on('error', () => {});
  return { ping: () => socket.ping(), terminate: () => socket.terminate() };
}

function loadPrivateCopy(): { connect: Connect; swagger: SwaggerModule } {
  const require = createRequire(import.meta.url);
  const fromLibrary = createRequire(require.resolve('ari-client'));
  delete require.cache[require.resolve('ari-client')];
  delete require.cache[fromLibrary.resolve('swagger-client')];
  const { connect } = require('ari-client') as { connect: Connect };
  return { connect, swagger: fromLibrary('swagger-client') as SwaggerModule };
}
