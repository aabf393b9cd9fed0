import { table, words } from '../../text/words.ts';

export const visitText = words(
  {
    title: '回访未接通',
    counted: (n: number, of: number) => `已计 ${n} / ${of} 次`,
    rule: '同一天的上午、下午、晚上各计一次，并须换过时段；约了时间的，从约定时间起重新计。',
    now: '现在再拨可计一次',
    from: (time: string) => `${time} 起再拨可计一次`,
    enough: '次数已够，可按未联系上办结（不计满意）',
    reason: '这次的情况',
    tried: table({
      'no-answer': '无人接听',
      busy: '占线',
      'wrong-number': '号码不对',
      'call-later': '约好再拨',
    }),
    until: '约定时间',
    keep: '记录',
    giveUp: '按未联系上办结',
  },
  {
    title: 'Not reached',
    counted: (n: number, of: number) => `${n} of ${of} tries count`,
    rule: 'Morning, afternoon and evening of a day count once each, and not all at the same time of day; who named a time is counted anew from then on.',
    now: 'A try now counts',
    from: (time: string) => `A try counts from ${time}`,
    enough: 'Tried often enough: may be closed as not reached (not as satisfied)',
    reason: 'This time',
    tried: table({
      'no-answer': 'No answer',
      busy: 'Busy',
      'wrong-number': 'Wrong number',
      'call-later': 'Call later',
    }),
    until: 'Time named',
    keep: 'Note it',
    giveUp: 'Close as not reached',
  },
);
