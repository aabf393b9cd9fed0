import { words } from '../../text/words.ts';

/** A citizen's wish to withdraw the order (撤单申请), which takes a recorded call. */
export const withdrawalText = words(
  {
    list: '撤回申请',
    none: '没有待处理的撤回申请',
    flag: '申请撤回',
    asked: (why: string, at: string) =>
      `诉求人 ${at} 申请撤回：${why}。请去电确认并录音：确认撤回的选“撤回”，仍须办理的选“不予撤回”。`,
  },
  {
    list: 'Withdrawals',
    none: 'Nobody wishes to withdraw an order',
    flag: 'Wish to withdraw',
    asked: (why: string, at: string) =>
      `The citizen asked to withdraw at ${at}: ${why}. Call back (recorded), then withdraw or refuse.`,
  },
);
