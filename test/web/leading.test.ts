import { describe, expect, test } from 'vitest';
import type { Alert } from '../../src/realtime/protocol.ts';
import { alertWords, wayTo } from '../../web/src/frame/alert-words.ts';
import { homeOf, placesFor } from '../../web/src/frame/places.ts';
import { audienceOf } from '../../web/src/pages/shift/audience.ts';

const nothing = { callId: null, seatId: null, agentName: null, queueId: null, score: null };
const alert = (kind: Alert['kind'], about: Partial<Alert> = {}): Alert => ({
  ...nothing,
  id: 'a',
  at: 0,
  kind,
  limitMs: null,
  ...about,
});

describe('an alert', () => {
  test('says what is wrong and how long was too long', () => {
    expect(alertWords(alert('waiting', { limitMs: 60_000 }), 'zh')).toBe('有来电人等待超过 1:00');
    const talk = alert('long-talk', { agentName: '陈敏', limitMs: 900_000 });
    expect(alertWords(talk, 'zh')).toBe('陈敏 通话超过 15:00');
    expect(alertWords(alert('raised-hand', { agentName: 'A', seatId: '8001' }), 'en')).toBe(
      'A (seat 8001) asks for help',
    );
  });

  test('leads to the place to act', () => {
    const about = { queueId: 'city', seatId: '8001', callId: 'c1' };
    expect(wayTo(alert('waiting', about))).toEqual({ to: 'queue', id: 'city' });
    expect(wayTo(alert('long-talk', about))).toEqual({ to: 'seat', id: '8001' });
    expect(wayTo(alert('low-rating', about))).toEqual({ to: 'call', id: 'c1' });
    expect(wayTo(alert('exchange-lost'))).toBeNull();
  });
});

test('a notice goes to whom was named, and to nobody while nobody is', () => {
  expect(audienceOf('all', [], '')).toEqual({ to: 'all' });
  expect(audienceOf('queues', [], '')).toBeNull();
  expect(audienceOf('queues', ['city'], '8001')).toEqual({ to: 'queues', queueIds: ['city'] });
  expect(audienceOf('seats', [], '8001，8002 8001')).toEqual({
    to: 'seats',
    seatIds: ['8001', '8002'],
  });
  expect(audienceOf('seats', [], 'nobody')).toBeNull();
});

test('a leader begins at the queues, an agent at the desk', () => {
  expect(homeOf(placesFor(['desk.use', 'floor.watch', 'floor.lead']))?.path).toBe('/queues');
  expect(homeOf(placesFor(['desk.use', 'calls.read-own']))?.path).toBe('/desk');
});
