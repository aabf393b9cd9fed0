import type { Passed } from './ari-tap.ts';

/**
 * How long our server itself held each call on the way from its coming in to the order to ring a seat:
 * from every word of Asterisk to our next request because of it. For calls that come one by one, with a
 * greeting of one prompt.
 */
export function ownShares(passed: readonly Passed[]): number[] {
  const starts = passed.flatMap((one, at) => {
    const channelId = one.kind === 'event' ? callerIn(one.text) : undefined;
    return channelId === undefined ? [] : [{ at, channelId }];
  });
  return starts.flatMap(({ at, channelId }) => {
    const share = shareOf(passed.slice(at, at + 200), channelId);
    return share === undefined ? [] : [share];
  });
}

/** The channel of a caller who has just come in. */
function callerIn(event: string): string | undefined {
  if (!event.includes('"type":"StasisStart"') || !event.includes('"args":["caller"'))
    return undefined;
  return /"channel":\{"id":"([^"]+)"/.exec(event)?.[1];
}

function shareOf(passed: readonly Passed[], channelId: string): number | undefined {
  const [came] = passed;
  const answer = passed.find((one) => isRequest(one, `/${channelId}/answer`));
  const answered = answer && replyTo(passed, answer);
  const play = passed.find((one) => isRequest(one, `/${channelId}/play`));
  const played = passed.find(
    ({ kind, text }) =>
      kind === 'event' && text.includes('"PlaybackFinished"') && text.includes(channelId),
  );
  const ring = passed.find((one) => isRequest(one, '/channels/leg-'));
  if (!came || !answer || !answered || !play || !played || !ring) return undefined;
  return answer.atMs - came.atMs + (play.atMs - answered.atMs) + (ring.atMs - played.atMs);
}

function isRequest({ kind, text }: Passed, part: string): boolean {
  return kind === 'request' && text.startsWith('POST') && text.includes(part);
}

function replyTo(passed: readonly Passed[], request: Passed): Passed | undefined {
  const later = passed.slice(passed.indexOf(request));
  return later.find(
    ({ kind, connection }) => kind === 'reply' && connection === request.connection,
  );
}
