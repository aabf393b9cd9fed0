import { createHash } from 'node:crypto';

/** A SIP message taken apart; header names are lower case. */
export interface SipMessage {
  /** Requests only. */
  method: string;
  uri: string;
  /** Answers only; 0 for a request. */
  status: number;
  headers: Map<string, string[]>;
  body: string;
}

export function parseSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const [a = '', b = ''] = first.split(' ');
  const isAnswer = a.startsWith('SIP/');
  return {
    method: isAnswer ? '' : a,
    uri: isAnswer ? '' : b,
    status: isAnswer ? Number(b) : 0,
    headers,
    body: text.slice(end + 4),
  };
}

export function header(message: SipMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? '';
}

export function buildSip(first: string, headers: readonly [string, string][], body = ''): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The answer to a digest challenge (RFC 2617, MD5, without or with qop=auth). */
export function digest(
  challenge: string,
  account: { user: string; password: string },
  method: string,
  uri: string,
): string {
  const field = (name: string) =>
    new RegExp(`(?:^|[ ,])${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const realm = field('realm');
  const nonce = field('nonce');
  const opaque = field('opaque');
  const ha1 = md5(`${account.user}:${realm}:${account.password}`);
  const ha2 = md5(`${method}:${uri}`);
  const response = md5(`${ha1}:${nonce}:00000001:yihao:auth:${ha2}`);
  return (
    `Digest username="${account.user}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
    `algorithm=MD5, qop=auth, nc=00000001, cnonce="yihao", opaque="${opaque}", response="${response}"`
  );
}

export function sdp(rtpPort: number): string {
  return [
    'v=0',
    `o=- ${rtpPort} 1 IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${rtpPort} RTP/AVP 8 101`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-16',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

/** The RTP port in somebody's SDP. */
export function audioPort(body: string): number {
  return Number(/m=audio (\d+)/.exec(body)?.[1] ?? 0);
}
