import { describe, expect, test } from 'vitest';
import { placesFor } from '../../web/src/frame/places.ts';
import { typedBelongsTo } from '../../web/src/net/typed.ts';
import { dropDraft, keepDraft, readDraft, wrapUpLeft } from '../../web/src/pages/desk/draft.ts';
import { keyName } from '../../web/src/parts/key-name.ts';
import { keepReady, wasReadyJustNow } from '../../web/src/phone/ready-again.ts';
import {
  asksAutoAnswer,
  mediaOptions,
  phoneUrl,
  retryAfterMs,
} from '../../web/src/phone/softphone.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
}

describe('a half-typed note', () => {
  const known = { note: 'from the server', resultCode: null };
  test('survives a reload, per call, until it is submitted', () => {
    const place = storage();
    keepDraft(place, 'c1', { note: '半句', resultCode: 'answered' });
    expect(readDraft(place, 'c1', known)).toEqual({ note: '半句', resultCode: 'answered' });
    expect(readDraft(place, 'c2', known)).toEqual(known);
    dropDraft(place, 'c1');
    expect(readDraft(place, 'c1', known)).toEqual(known);
  });
  test('rubbish in the storage is not a note', () => {
    const place = storage();
    place.setItem('yihao.note.c1', '{"note":5');
    expect(readDraft(place, 'c1', known)).toEqual(known);
    place.setItem('yihao.note.c1', '{"note":5}');
    expect(readDraft(place, 'c1', known)).toEqual(known);
  });
});

test('what is half typed about citizens is not left for the next one at the machine', () => {
  const place = storage();
  const names = () => Array.from({ length: place.length }, (_, at) => place.key(at) ?? '').sort();
  typedBelongsTo(place, 'p1');
  place.setItem('yihao.language', 'en');
  keepDraft(place, 'c1', { note: '半句', resultCode: null });
  place.setItem('yihao.order.new', '{"callerNumber":"13812345678"}');
  typedBelongsTo(place, 'p1');
  expect(names()).toHaveLength(4);
  typedBelongsTo(place, 'p2');
  expect(names()).toEqual(['yihao.language', 'yihao.typed-by']);
  keepDraft(place, 'c2', { note: '半句', resultCode: null });
  typedBelongsTo(place, null);
  expect(names()).toEqual(['yihao.language']);
});

test('the ring around submit runs from full to empty', () => {
  expect(wrapUpLeft(0, 30_000, 0)).toBe(1);
  expect(wrapUpLeft(0, 30_000, 15_000)).toBe(0.5);
  expect(wrapUpLeft(0, 30_000, 40_000)).toBe(0);
  expect(wrapUpLeft(0, null, 10)).toBeNull();
});

describe('keys', () => {
  const press = (key: string, more = {}) =>
    keyName({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, ...more });
  test('are named as the help lists them', () => {
    expect(press('F2')).toBe('F2');
    expect(press('F1', { shiftKey: true })).toBe('Shift+F1');
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
    expect(press('k', { metaKey: true })).toBe('Ctrl+K');
    expect(press('Enter', { ctrlKey: true })).toBe('Ctrl+Enter');
    expect(press('?')).toBe('?');
  });
  test('Alt and a digit work where Alt types another character', () => {
    expect(press('¡', { altKey: true, code: 'Digit1' })).toBe('Alt+1');
  });
});

describe('the softphone', () => {
  const phone = {
    kind: 'browser' as const,
    user: '8001',
    password: 'x',
    domain: 'yihao',
    port: 5060,
    webSocketPath: '/sip',
    iceServers: [],
  };
  test('finds its WebSocket beside the page', () => {
    expect(phoneUrl({ protocol: 'https:', host: 'hotline.city' }, phone)).toBe(
      'wss://hotline.city/sip',
    );
    expect(phoneUrl({ protocol: 'http:', host: '127.0.0.1:8080' }, phone)).toBe(
      'ws://127.0.0.1:8080/sip',
    );
  });
  test('takes the TURN servers it was given, and time to ask them', () => {
    const iceServers = [{ urls: ['turn:turn.city'], username: '1433065916:li', credential: 'x' }];
    const outside = mediaOptions({ ...phone, iceServers });
    expect(outside.peerConnectionConfiguration).toEqual({ iceServers });
    const inside = mediaOptions(phone);
    expect(inside.peerConnectionConfiguration).toEqual({ iceServers: [] });
    expect(outside.iceGatheringTimeout).toBeGreaterThan(inside.iceGatheringTimeout);
  });
  test('answers by itself only when the exchange asks', () => {
    expect(asksAutoAnswer('<sip:yihao>;info=alert-autoanswer')).toBe(true);
    expect(asksAutoAnswer('<sip:yihao>;info=ring')).toBe(false);
    expect(asksAutoAnswer(undefined)).toBe(false);
  });
  test('tries again ever more slowly, never slower than every eighteen seconds', () => {
    expect(retryAfterMs(0, 0.5)).toBe(500);
    expect(retryAfterMs(3, 0.5)).toBe(4_000);
    expect(retryAfterMs(40, 1)).toBe(18_000);
  });
});

test('only a page that was ready a moment ago is ready again after a reload', () => {
  const shelf = storage();
  expect(wasReadyJustNow(shelf, '8001', 1_000)).toBe(false);
  keepReady(shelf, '8001', 1_000);
  expect(wasReadyJustNow(shelf, '8001', 4_000)).toBe(true);
  expect(wasReadyJustNow(shelf, '8002', 4_000)).toBe(false);
  expect(wasReadyJustNow(shelf, '8001', 60_000)).toBe(false);
});

test('the rail shows only where one may go', () => {
  const agent = placesFor(['desk.use', 'calls.read-own']).map((place) => place.key);
  expect(agent.slice(0, 2)).toEqual(['desk', 'calls']);
  for (const closed of ['queues', 'call-backs', 'people', 'seats', 'hotline', 'audit'] as const) {
    expect(agent).not.toContain(closed);
  }
  expect(placesFor(['audit.read']).map((place) => place.key)).toEqual(['audit']);
});
