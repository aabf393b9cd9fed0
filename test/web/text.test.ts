import { describe, expect, test } from 'vitest';
import { city } from '../../web/mock/city.ts';
import { stepWords } from '../../web/src/pages/call/step-words.ts';
import { choiceWords } from '../../web/src/text/choice.ts';
import {
  clock,
  day,
  exactClock,
  moment,
  percent,
  span,
  startOfDay,
  waitTone,
} from '../../web/src/text/format.ts';

const noon = Date.UTC(2026, 10, 21, 4, 5, 6, 789);

describe('times are the city’s, whatever the browser’s zone', () => {
  test('a moment', () => {
    expect(clock(noon)).toBe('12:05:06');
    expect(exactClock(noon)).toBe('12:05:06.789');
    expect(day(Date.UTC(2026, 10, 20, 16))).toBe('2026-11-21');
    expect(day(startOfDay(noon))).toBe('2026-11-21');
    expect(startOfDay(noon)).toBe(Date.UTC(2026, 10, 20, 16));
  });
  test('a day is told only when it is another one', () => {
    expect(moment(noon, noon + 3_600_000)).toBe('12:05:06');
    expect(moment(noon, noon + 86_400_000)).toBe('11-21 12:05:06');
    expect(moment(noon, noon + 90 * 86_400_000)).toBe('2026-11-21 12:05:06');
  });
  test('durations and shares', () => {
    expect(span(7_999)).toBe('0:07');
    expect(span(3_723_000)).toBe('1:02:03');
    expect(span(-5)).toBe('0:00');
    expect(percent(973, 1000)).toBe('97.3%');
    expect(percent(0, 0)).toBe('–');
  });
  test('a wait turns amber after its target and red at four times it', () => {
    expect(waitTone(15_000, 15_000)).toBe('calm');
    expect(waitTone(15_001, 15_000)).toBe('warn');
    expect(waitTone(60_000, 15_000)).toBe('alert');
  });
});

describe('a menu choice in words', () => {
  test('two levels', () => {
    expect(choiceWords(city, 'main/1/consumer/3', 'zh')).toBe('消费维权 › 预付卡');
    expect(choiceWords(city, 'main/1/3', 'en')).toBe('Consumer rights › Prepaid card');
  });
  test('one level, none, and what nobody knows any more', () => {
    expect(choiceWords(city, 'main/5', 'zh')).toBe('企业服务');
    expect(choiceWords(city, null, 'zh')).toBe('');
    expect(choiceWords(city, 'gone/7', 'zh')).toBe('gone › 7');
    expect(choiceWords(undefined, 'main/5', 'zh')).toBe('main › 5');
  });
});

describe('a step of a call in words', () => {
  const names = {
    queue: () => '城市管理',
    entry: () => '12345',
    person: () => '陈敏',
    result: () => '直接答复',
    choice: () => '城市管理',
  };
  test('says what happened and how long it took', () => {
    const detail = { agentId: 'p-1', waitedMs: 4_120, ringMs: 1_300 };
    expect(stepWords('call.connected', detail, names, 'zh').text).toBe(
      '陈敏 接听，等候 4.1 秒，振铃 1.3 秒',
    );
    expect(stepWords('call.ended', { ending: 'caller-hung-up' }, names, 'en').text).toBe(
      'Ended: Caller hung up',
    );
  });
  test('a call-back: missed, tried in vain, given up, closed by somebody', () => {
    const said = (kind: string, detail: object) => stepWords(kind, { ...detail }, names, 'zh').text;
    expect(said('call.call-back-requested', {})).toBe('登记回拨');
    expect(said('call.call-back-requested', { isMissed: true })).toBe('未能接通，列入待回拨');
    const failed = { tries: 2, why: 'busy', againAt: noon };
    expect(said('call.call-back-failed', failed)).toBe('第 2 次回拨未接通：占线，12:05 后再拨');
    expect(said('call.call-back-failed', { ...failed, againAt: null })).toContain('不再自动拨打');
    expect(said('call.call-back-closed', { how: 'cancelled', personId: 'p-1' })).toBe(
      '陈敏取消回拨',
    );
  });
  test('a missing detail or an unknown kind does no harm', () => {
    expect(stepWords('call.connected', {}, names, 'zh').text).toContain('–');
    expect(stepWords('call.teleported', {}, names, 'zh').text).toBe('call.teleported');
  });
});
