import { table, words } from '../../text/words.ts';

export const replyText = words(
  {
    approvals: '批量审签',
    noApprovals: '没有等待审签的答复',
    approveThis: '同意这件',
    approve: (n: number) => `同意所选 ${n} 件`,
    approved: (n: number) => `已同意 ${n} 件`,
    replySound: '预检未发现问题',
    replyFaults: '答复预检',
    fault: table({
      'over-promise': '承诺过头',
      deadline: '写了期限，须有依据',
      'number-leaked': '含电话或证件号码',
      shirking: '有推诿表述',
      'not-answered': '未回应诉求',
      hazard: '有安全隐患，未作安全提示',
      'policy-untraceable': '引用政策未写明出处',
    }),
  },
  {
    approvals: 'Approve replies',
    noApprovals: 'No reply waits for approval',
    approveThis: 'Approve this one',
    approve: (n: number) => `Approve ${n} chosen`,
    approved: (n: number) => `${n} approved`,
    replySound: 'Nothing found amiss',
    replyFaults: 'What may be wrong with the reply',
    fault: table({
      'over-promise': 'Promises too much',
      deadline: 'Names a deadline that needs a ground',
      'number-leaked': 'A number is leaked',
      shirking: 'Passes the matter on',
      'not-answered': 'Does not answer the request',
      hazard: 'A hazard without safety advice',
      'policy-untraceable': 'Cites rules without naming them',
    }),
  },
);
