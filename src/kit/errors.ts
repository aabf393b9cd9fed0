/**
 * The one registry of errors that can reach a person or another system: a stable code, the HTTP
 * status, and what to tell them in Chinese and English. `{name}` is filled from the error's values.
 */
export const errorCodes = {
  'not-found': { status: 404, zh: '没有找到所请求的内容', en: 'Not found' },
  'invalid-input': { status: 422, zh: '提交的内容不符合要求', en: 'The input is not valid' },
  'sign-in-needed': { status: 401, zh: '请先登录', en: 'Please sign in' },
  'sign-in-failed': {
    status: 401,
    zh: '账号或密码不正确',
    en: 'Account or password is wrong',
  },
  'account-locked': {
    status: 423,
    zh: '尝试次数过多，账号已锁定 {minutes} 分钟',
    en: 'Too many attempts: the account is locked for {minutes} minutes',
  },
  'password-change-needed': {
    status: 403,
    zh: '请先修改初始密码',
    en: 'Please change the initial password first',
  },
  'password-too-weak': {
    status: 422,
    zh: '密码至少 {length} 位，含字母、数字、符号中的 {kinds} 种，且不含账号',
    en: 'At least {length} characters, {kinds} of letters, digits, symbols, and not the login',
  },
  forbidden: { status: 403, zh: '没有权限', en: 'Not permitted' },
  'foreign-origin': {
    status: 403,
    zh: '请求来自其他网站，已拒绝',
    en: 'The request came from another site and was refused',
  },
  'too-many-requests': {
    status: 429,
    zh: '请求过于频繁，请 {seconds} 秒后再试',
    en: 'Too many requests: try again in {seconds} seconds',
  },
  'too-large': { status: 413, zh: '内容过大', en: 'Too large' },
  conflict: {
    status: 409,
    zh: '与现有数据冲突：{what}',
    en: 'Conflicts with existing data: {what}',
  },
  'old-version': {
    status: 409,
    zh: '配置已被他人修改，请基于第 {version} 版重新修改',
    en: 'Somebody changed the configuration meanwhile: start again from version {version}',
  },
  'seat-taken': {
    status: 409,
    zh: '座席 {seat} 已有人签入',
    en: 'Somebody is signed in at seat {seat}',
  },
  'already-at-a-seat': {
    status: 409,
    zh: '您已签入座席 {seat}',
    en: 'You are signed in at seat {seat} already',
  },
  'seat-not-free': {
    status: 409,
    zh: '座席 {seat} 现在不空闲',
    en: 'Seat {seat} is not free at the moment',
  },
  'not-at-a-seat': { status: 409, zh: '您还没有签入座席', en: 'You are not signed in at a seat' },
  'seat-disabled': { status: 409, zh: '座席 {seat} 已停用', en: 'Seat {seat} is disabled' },
  'not-now': {
    status: 409,
    zh: '当前状态下不能这样操作',
    en: 'This cannot be done in the present state',
  },
  'needs-approval': {
    status: 409,
    zh: '这种小休需要班长批准，请先申请',
    en: 'This kind of rest must be approved by a shift leader: ask for it',
  },
  'rest-quota': {
    status: 409,
    zh: '同时小休名额（{quota}）已用完',
    en: 'All {quota} places to rest at a time are taken',
  },
  'phone-unreachable': {
    status: 409,
    zh: '座席话机未注册，请检查耳麦与网络',
    en: 'The seat phone is not registered: check headset and network',
  },
  'number-not-allowed': {
    status: 422,
    zh: '该号码不在允许外呼的范围内',
    en: 'This number may not be called',
  },
  'number-withheld': {
    status: 422,
    zh: '来电人未显示号码，无法回拨',
    en: 'The caller withheld the number: nobody can be called',
  },
  'no-own-phone': {
    status: 409,
    zh: '请先登记您自己的电话',
    en: 'Tell us your own telephone number first',
  },
  'no-leader': {
    status: 409,
    zh: '现在没有可以求助的班长',
    en: 'No shift leader can be reached at the moment',
  },
  'expert-off-duty': {
    status: 409,
    zh: '专家席“{expert}”现在无人值班',
    en: 'Nobody is on duty at {expert} now',
  },
  'dialled-too-often': {
    status: 429,
    zh: '您一小时内的外呼次数已达上限，请稍后再试',
    en: 'You have placed as many calls within the hour as one may: try again later',
  },
  'lines-busy': {
    status: 503,
    zh: '外呼线路已满，请稍后再试',
    en: 'All lines to the outside are taken: try again later',
  },
  'exchange-lost': {
    status: 503,
    zh: '电话交换系统暂时不可用',
    en: 'The telephone exchange is not available at the moment',
  },
  'bad-audio': {
    status: 422,
    zh: '不是可用的录音文件（需要 WAV，单声道或双声道 PCM）',
    en: 'Not a usable recording (WAV with PCM, mono or stereo, is needed)',
  },
  'no-voice': {
    status: 503,
    zh: '本机不能合成语音，请上传录音',
    en: 'This server cannot speak: upload a recording',
  },
  'storage-full': {
    status: 507,
    zh: '服务器磁盘空间不足，未能保存，请联系管理员',
    en: 'The disk of the server is full: nothing was saved. Please tell the administrator',
  },
  'storage-busy': {
    status: 503,
    zh: '数据库暂时无法写入，未能保存，请稍后再试',
    en: 'The database cannot be written at the moment: nothing was saved. Try again later',
  },
  'guessed-too-often': {
    status: 429,
    zh: '输入错误次数过多，请明天再试，或拨打12345由话务员查询',
    en: 'Wrong too often: try again tomorrow, or call 12345 and ask a person',
  },
  'move-refused': {
    status: 409,
    zh: '操作未执行：{zh}',
    en: 'Not done: {en}',
  },
  'file-not-taken': {
    status: 422,
    zh: '附件未接收：只收 10 MB 以内的图片、PDF、音频和视频，每件工单至多 30 个',
    en: 'File not taken: images, PDF, sound and video up to 10 MB, 30 at most for an order',
  },
  internal: { status: 500, zh: '系统内部错误，已记录', en: 'Internal error; it has been recorded' },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type ErrorCode = keyof typeof errorCodes;
type Values = Record<string, string | number>;

/** One field of the input that is wrong; `pointer` is an RFC 6901 pointer into it. */
export interface FieldProblem {
  pointer: string;
  message: string;
}

/** An error somebody may be told about. Only the HTTP and socket edges turn it into a reply. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly values: Values;
  readonly fields: readonly FieldProblem[];
  constructor(code: ErrorCode, values: Values = {}, fields: readonly FieldProblem[] = []) {
    super(fill(errorCodes[code].en, values));
    this.name = 'AppError';
    this.code = code;
    this.values = values;
    this.fields = fields;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  /** The text for a person, in one language. */
  text(language: 'zh' | 'en'): string {
    return fill(errorCodes[this.code][language], this.values);
  }
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
