import { createHash, createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const allocate = 0x0003;
const allocateRefused = 0x0113;
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
};
const headerBytes = 20;
const integrityBytes = 24;
const realm = 'city';

/** Somebody who gave a TURN server a name; `isGenuine`: with the password that goes with it. */
interface Visitor {
  username: string;
  isGenuine: boolean;
}

/**
 * The door of a TURN server (RFC 8656) that knows a shared secret and nobody by name: asks for a password,
 * checks it as coturn does with `use-auth-secret`, and then has no room, so that sound goes the direct way.
 */
export async function openTurnDoor(secret: string) {
  const socket = createSocket('udp4');
  const visitors: Visitor[] = [];
  socket.on('message', (message, from) => {
    if (message.length < headerBytes || message.readUInt16BE(0) !== allocate) return;
    const visitor = visitorOf(message, secret);
    if (visitor) visitors.push(visitor);
    socket.send(refusal(message, visitor ? 486 : 401), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const url = `turn:127.0.0.1:${socket.address().port}?transport=udp`;
  return { url, visitors, close: () => void socket.close() };
}

/** Undefined when no name was given yet. */
function visitorOf(message: Buffer, secret: string): Visitor | undefined {
  const found = attributesOf(message);
  const username = found.get(attribute.username)?.value.toString();
  const integrity = found.get(attribute.integrity);
  if (username === undefined || !integrity) return undefined;
  const password = createHmac('sha1', secret).update(username).digest('base64');
  const key = createHash('md5').update(`${username}:${realm}:${password}`).digest();
  // What is signed says it ends with the signature, whatever follows (RFC 8489, 14.5).
  const signed = Buffer.from(message.subarray(0, integrity.at));
  signed.writeUInt16BE(integrity.at + integrityBytes - headerBytes, 2);
  const wanted = createHmac('sha1', key).update(signed).digest();
  return { username, isGenuine: wanted.equals(integrity.value) };
}

function attributesOf(message: Buffer): Map<number, { at: number; value: Buffer }> {
  const found = new Map<number, { at: number; value: Buffer }>();
  for (let at = headerBytes; at + 4 <= message.length; ) {
    const bytes = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), { at, value: message.subarray(at + 4, at + 4 + bytes) });
    at += 4 + bytes + ((4 - (bytes % 4)) % 4);
  }
  return found;
}

function refusal(request: Buffer, code: number): Buffer {
  const body = Buffer.concat([
    attributeOf(attribute.error, Buffer.from([0, 0, Math.floor(code / 100), code % 100])),
    attributeOf(attribute.realm, Buffer.from(realm)),
    attributeOf(attribute.nonce, Buffer.from('nonce-of-the-day')),
  ]);
  const header = Buffer.from(request.subarray(0, headerBytes));
  header.writeUInt16BE(allocateRefused, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function attributeOf(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
