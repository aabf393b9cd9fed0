/**
 * The ways a call can count; `not-reached` are calls of ours that nobody answered. A call-back that
 * was answered is `answered`.
 */
export const endingClasses = [
  'answered',
  'abandoned',
  'turned-away',
  'call-back',
  'not-reached',
  'self-served',
  'failed',
] as const;
export type EndingClass = (typeof endingClasses)[number];

/**
 * Every way a call can end. A call record has exactly one of these, so statistics never guess.
 * The texts are what a shift leader reads.
 */
export const endings = {
  'caller-hung-up': { class: 'answered', zh: '来电人挂机', en: 'Caller hung up' },
  'agent-hung-up': { class: 'answered', zh: '话务员挂机', en: 'Agent hung up' },
  'seat-lost': { class: 'answered', zh: '座席中断后来电人离开', en: 'Seat lost, caller left' },
  'left-after-transfer': { class: 'answered', zh: '转接后放弃', en: 'Left after a transfer' },
  'transferred-outside': {
    class: 'answered',
    zh: '已转外线',
    en: 'Transferred to an outside number',
  },
  'out-party-hung-up': { class: 'answered', zh: '外呼：对方挂机', en: 'Outgoing: they hung up' },
  'out-agent-hung-up': {
    class: 'answered',
    zh: '外呼：话务员挂机',
    en: 'Outgoing: agent hung up',
  },
  'out-no-answer': { class: 'not-reached', zh: '外呼：无人接听', en: 'Outgoing: no answer' },
  'out-busy': { class: 'not-reached', zh: '外呼：对方忙', en: 'Outgoing: busy' },
  'out-refused': { class: 'not-reached', zh: '外呼：对方拒接', en: 'Outgoing: refused' },
  'out-unreachable': { class: 'not-reached', zh: '外呼：无法接通', en: 'Outgoing: unreachable' },
  'out-given-up': { class: 'not-reached', zh: '外呼：话务员取消', en: 'Outgoing: given up' },
  'out-seat-failed': {
    class: 'not-reached',
    zh: '外呼：座席话机未应答',
    en: 'Outgoing: own phone did not answer',
  },
  relayed: { class: 'answered', zh: '中转通话', en: 'Relayed: officer and citizen spoke' },
  'relay-officer-missed': {
    class: 'not-reached',
    zh: '中转：经办人未接听',
    en: 'Relayed: the officer did not answer',
  },
  'relay-given-up': {
    class: 'not-reached',
    zh: '中转：经办人取消',
    en: 'Relayed: given up by the officer',
  },
  'left-in-greeting': { class: 'abandoned', zh: '问候语中放弃', en: 'Left during greeting' },
  'left-in-bulletin': { class: 'abandoned', zh: '听公告后离开', en: 'Left during a bulletin' },
  'left-in-menu': { class: 'abandoned', zh: '菜单中放弃', en: 'Left in the menu' },
  'left-while-waiting': { class: 'abandoned', zh: '排队中放弃', en: 'Left while waiting' },
  'left-while-ringing': {
    class: 'abandoned',
    zh: '振铃中放弃',
    en: 'Left while a seat was ringing',
  },
  'self-served': { class: 'self-served', zh: '自助查询进度', en: 'Heard the progress' },
  'queue-full': { class: 'turned-away', zh: '队列已满', en: 'Queue full' },
  'queue-closed': { class: 'turned-away', zh: '非服务时间', en: 'Outside opening hours' },
  'waited-too-long': { class: 'turned-away', zh: '等候超时', en: 'Waited too long' },
  'nobody-signed-in': { class: 'turned-away', zh: '无人签入', en: 'Nobody signed in' },
  'call-back-requested': { class: 'call-back', zh: '已登记回拨', en: 'Call-back requested' },
  'call-back-failed': { class: 'call-back', zh: '回拨未接通', en: 'Call-back not reached' },
  'call-back-cancelled': { class: 'call-back', zh: '回拨已取消', en: 'Call-back cancelled' },
  'call-back-settled': {
    class: 'call-back',
    zh: '来电人再次来电，无需回拨',
    en: 'Caller was served before the call-back',
  },
  'left-without-server': {
    class: 'abandoned',
    zh: '服务中断期间放弃',
    en: 'Left while no server was there',
  },
  'served-without-server': {
    class: 'answered',
    zh: '应急座席接听',
    en: 'Answered by an emergency seat, without a server',
  },
  'unknown-number': { class: 'failed', zh: '号码未配置', en: 'Number not configured' },
  draining: { class: 'failed', zh: '系统停机', en: 'Server shutting down' },
  'telephony-lost': { class: 'failed', zh: '电话交换中断', en: 'Telephone exchange lost' },
  'server-lost': { class: 'failed', zh: '服务中断期间结束', en: 'Ended while the server was away' },
  error: { class: 'failed', zh: '内部错误', en: 'Internal error' },
} as const satisfies Record<string, { class: EndingClass; zh: string; en: string }>;

export type EndingSlug = keyof typeof endings;
