import type { Lang } from '../../text/words.ts';

const acts: Record<string, { zh: string; en: string }> = {
  'sign-in': { zh: '登录', en: 'Signed in' },
  'sign-in.failed': { zh: '登录失败', en: 'Sign-in failed' },
  'sign-in.locked': { zh: '账号锁定', en: 'Account locked' },
  'sign-out': { zh: '退出登录', en: 'Signed out' },
  'sessions.revoked': { zh: '强制退出登录', en: 'Signed out by force' },
  'password.changed': { zh: '修改密码', en: 'Password changed' },
  'password.reset': { zh: '重置密码', en: 'Password reset' },
  'person.added': { zh: '新增人员', en: 'Person added' },
  'person.changed': { zh: '修改人员', en: 'Person changed' },
  'seat.create': { zh: '新增座席', en: 'Seat made' },
  'seat.change': { zh: '修改座席', en: 'Seat changed' },
  'seat.remove': { zh: '删除座席', en: 'Seat removed' },
  'seat.new-phone': { zh: '生成话机密码', en: 'Phone password made' },
  'seat.sign-in': { zh: '签入座席', en: 'Took a seat' },
  'seat.sign-out': { zh: '签出座席', en: 'Left a seat' },
  'seat.forced-ready': { zh: '强制就绪', en: 'Seat forced ready' },
  'seat.forced-not-ready': { zh: '强制示忙', en: 'Seat forced not ready' },
  'seat.forced-sign-out': { zh: '强制签出', en: 'Seat forced out' },
  'seat.forced-release': { zh: '强制结束通话', en: 'Call ended by force' },
  'seat.moved': { zh: '调整座席队列', en: 'Seat moved to other queues' },
  'call.prioritised': { zh: '调整优先级', en: 'Priority changed' },
  'callers.looked-at': { zh: '查看来电人名册', en: 'Register of callers seen' },
  'callers.imported': { zh: '导入来电人名册', en: 'Callers imported' },
  'caller.added': { zh: '登记来电人', en: 'Caller registered' },
  'caller.changed': { zh: '修改来电人', en: 'Caller changed' },
  'caller.removed': { zh: '删除来电人', en: 'Caller removed' },
  'caller.reveal-number': { zh: '查看来电人号码', en: 'Caller’s number shown' },
  'bulletin.on': { zh: '开启突发公告', en: 'Bulletin switched on' },
  'bulletin.off': { zh: '关闭突发公告', en: 'Bulletin switched off' },
  'bulletin.recorded': { zh: '上传公告录音', en: 'Bulletin recorded' },
  'rest.asked': { zh: '申请小休', en: 'Rest asked for' },
  'rest.approved': { zh: '批准小休', en: 'Rest approved' },
  'rest.refused': { zh: '不批小休', en: 'Rest refused' },
  'rest.withdrawn': { zh: '撤回小休申请', en: 'Rest taken back' },
  'notice.posted': { zh: '发布通告', en: 'Notice sent' },
  'notice.withdrawn': { zh: '撤下通告', en: 'Notice withdrawn' },
  'alert.acknowledged': { zh: '知悉告警', en: 'Alert seen' },
  'plan.saved': { zh: '保存座席方案', en: 'Seat plan saved' },
  'plan.removed': { zh: '删除座席方案', en: 'Seat plan removed' },
  'plan.applied': { zh: '套用座席方案', en: 'Seat plan applied' },
  'plan.undone': { zh: '撤销座席方案', en: 'Seat plan undone' },
  'emergency.began': { zh: '开启应急模式', en: 'Emergency switched on' },
  'emergency.ended': { zh: '结束应急模式', en: 'Emergency switched off' },
  'call.reveal-number': { zh: '查看完整号码', en: 'Number shown' },
  'recording.listen': { zh: '收听录音', en: 'Recording heard' },
  'recordings.removed': { zh: '到期删除录音', en: 'Old recordings removed' },
  'calls.export': { zh: '导出通话', en: 'Calls exported' },
  'call-back.done': { zh: '完成回拨', en: 'Call-back done' },
  'hotline.changed': { zh: '修改热线配置', en: 'Hotline changed' },
  'prompt.uploaded': { zh: '上传语音', en: 'Prompt uploaded' },
  'prompt.removed': { zh: '恢复合成语音', en: 'Prompt back to synthesis' },
  'audit.read': { zh: '查看审计', en: 'Audit read' },
};

/** What was done, in words; an act this console does not know stays as it stands in the log. */
export function actWords(action: string, lang: Lang): string {
  return acts[action]?.[lang] ?? action;
}

/** Every act with a name, for choosing one. */
export const knownActs: readonly string[] = Object.keys(acts);
