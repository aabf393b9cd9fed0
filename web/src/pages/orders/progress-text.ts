import { words } from '../../text/words.ts';

/** What a citizen reads who does something with the own order. */
export const progressText = words(
  {
    act: {
      supplement: '补充情况',
      urge: '催办',
      rate: '评价',
      'ask-withdrawal': '申请撤回',
    },
    words: {
      supplement: '要补充的情况',
      urge: '',
      rate: '还想说的话（可不填）',
      'ask-withdrawal': '撤回原因（工作人员会打电话与您确认）',
    },
    done: {
      supplement: '已补充，承办单位会看到。',
      urge: '已催办，承办单位会看到。',
      rate: '感谢您的评价。',
      'ask-withdrawal': '已收到，工作人员会打电话与您确认。',
    },
    howWasIt: '您对办理满意吗？',
    rating: { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' },
    isItSolved: '问题解决了吗？',
    solved: { solved: '已解决', partly: '部分解决', not: '没有解决' },
    send: '提交',
  },
  {
    act: {
      supplement: 'Add facts',
      urge: 'Urge',
      rate: 'Rate',
      'ask-withdrawal': 'Withdraw',
    },
    words: {
      supplement: 'What to add',
      urge: '',
      rate: 'Anything else (optional)',
      'ask-withdrawal': 'Why (somebody will call you to make sure)',
    },
    done: {
      supplement: 'Added; the unit will read it.',
      urge: 'Urged; the unit will see it.',
      rate: 'Thank you.',
      'ask-withdrawal': 'Received; somebody will call you to make sure.',
    },
    howWasIt: 'How was it handled?',
    rating: {
      5: 'Very satisfied',
      4: 'Satisfied',
      3: 'Acceptable',
      2: 'Dissatisfied',
      1: 'Very dissatisfied',
    },
    isItSolved: 'Is it solved?',
    solved: { solved: 'Solved', partly: 'Partly', not: 'Not solved' },
    send: 'Send',
  },
);
