/** A SIP message as far as phones and tests need to look into it. */
export interface SipMessage {
  /** The first line's method, e.g. `INVITE`; undefined for a response. */
  method: string | undefined;
  /** A response's code; undefined for a request. */
  status: number | undefined;
  callId: string;
  /** `1 INVITE`. */
  cseq: string;
  /** User part of the request's address. */
  targetUser: string;
  /** Where the sender wants to hear RTP, when the message says so. */
  media: { host: string; port: number } | undefined;
  text: string;
}

/** The value of a header, or an empty string. Compact forms are not used by either side. */
function headerOf(text: string, name: string): string {
  const head = text.split('\r\n\r\n', 1)[0] ?? '';
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

/** The `tag` of a From or To header, or an empty string. */
export function tagOf(text: string, name: 'From' | 'To'): string {
  return /;tag=([^;\s]+)/i.exec(headerOf(text, name))?.[1] ?? '';
}

/** Reads one datagram; undefined when it is not SIP (a keep-alive). */
export function parseSip(text: string): SipMessage | undefined {
  const request = /^([A-Z]+) sips?:(?:([^@;>\s]*)@)?\S+ SIP\/2\.0/.exec(text);
  const response = /^SIP\/2\.0 (\d{3})/.exec(text);
  if (!request && !response) return undefined;
  return {
    method: request?.[1],
    status: response?.[1] ? Number(response[1]) : undefined,
    callId: headerOf(text, 'Call-ID'),
    cseq: headerOf(text, 'CSeq'),
    targetUser: request?.[2] ?? '',
    media: mediaOf(text),
    text,
  };
}

function mediaOf(text: string): SipMessage['media'] {
  const port = /^m=audio (\d+) /m.exec(text)?.[1];
  const host = /^c=IN IP4 (\S+)/m.exec(text)?.[1];
  return port && host ? { host, port: Number(port) } : undefined;
}

/** A final response to a request that needs no phone: 200 to the exchange's OPTIONS. */
export function okTo(request: string): string {
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
    (name) => `${name}: ${headerOf(request, name)}`,
  );
  return ['SIP/2.0 200 OK', ...copied, 'Content-Length: 0', '', ''].join('\r\n');
}

/**
 * An order to a running SIPp call. It has the form of a SIP request of the same dialog, because that
 * is what SIPp waits for, and never reaches the exchange.
 */
export function orderFor(callId: string, peerTag: string, order: string): string {
  return [
    'MESSAGE sip:phone@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-order-${Math.random().toString(36).slice(2)}`,
    `From: <sip:order@127.0.0.1>;tag=${peerTag}`,
    'To: <sip:phone@127.0.0.1>',
    `Call-ID: ${callId}`,
    `CSeq: ${Math.floor(Math.random() * 1_000_000)} MESSAGE`,
    `Subject: ${order}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
