import { existsSync, readFileSync } from 'node:fs';

/** One SIP message as SIPp noted it when it sent or received it. */
export interface WireMessage {
  /** Milliseconds, with the microseconds behind the point. */
  atMs: number;
  sent: boolean;
  callId: string;
  /** The first line. */
  line: string;
}

/** Reads SIPp's short message log. A line that is still being written is left out. */
export function readWireLog(file: string): WireMessage[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').flatMap(readLine);
}

function readLine(text: string): WireMessage[] {
  const [, , epoch, direction, callId, , line] = text.split('\t');
  if (epoch === undefined || callId === undefined || line === undefined) return [];
  return [{ atMs: Number(epoch) * 1_000, sent: direction === 'S', callId, line: line.trim() }];
}

/** The user part of the address a request goes to; nothing for another method or an answer. */
export function dialledIn({ line }: WireMessage, method = 'INVITE'): string | undefined {
  return new RegExp(`^${method} sip:([^@]+)@`).exec(line)?.[1];
}
