import { maskNumbersIn } from '../kit/mask.ts';

/** What may be wrong with a reply; a person decides, the check only points. */
export const replyFaults = {
  'over-promise': { zh: '承诺过头', en: 'promises too much' },
  deadline: { zh: '写了期限，须有依据', en: 'names a deadline that needs a ground' },
  'number-leaked': { zh: '含电话或证件号码', en: 'a number is leaked' },
  shirking: { zh: '有推诿表述', en: 'passes the matter on' },
  'not-answered': { zh: '未回应诉求', en: 'does not answer the request' },
  hazard: { zh: '有安全隐患，未作安全提示', en: 'a hazard without safety advice' },
  'policy-untraceable': { zh: '引用政策未写明出处', en: 'cites rules without naming them' },
} as const;
export type ReplyFault = keyof typeof replyFaults;

/** A fault and the words that show it. */
export interface ReplyFinding {
  readonly fault: ReplyFault;
  readonly words: string;
}

const unit = '(?:我|本)(?:局|单位|部门|街道|镇|支队|中心|公司|委|办|处|所|站)?';
const patterns: readonly (readonly [ReplyFault, RegExp])[] = [
  [
    'over-promise',
    /(?:保证|承诺|确保|一定|绝对|肯定|必定)[^。；，]{0,14}(?:解决|完成|修复|不再|不会|到位|办好|杜绝|退还|满意|恢复)|永不|彻底杜绝|百分之百|100\s?[%％]|绝不(?:会|再)|万无一失|再也不会/,
  ],
  [
    'deadline',
    /(?:将|会|拟|预计|计划|争取|力争)[^。；]{0,14}(?:\d+|[一二三四五六七八九十两半]+)个?(?:工作日|自然日|天|日|小时|周|星期|月|年)(?:之?内|以内)/,
  ],
  [
    'shirking',
    new RegExp(
      `(?:不属于?|不归|不在|并?非)${unit}的?(?:职责|职能|管辖|管理|负责|权限|范围)|${unit}(?:无权|没有权限|管不了|无法(?:处理|受理|管理))|与${unit}无关|请(?:您|你|市民)?(?:自行|另行|直接)?(?:联系|咨询|拨打|致电|前往|找|向)[^。；，]{0,16}(?:反映|投诉|咨询|解决|处理)|(?:建议|可)(?:您|你)?(?:自行|另行|通过)[^。；，]{0,8}(?:协商|解决|处理|诉讼|司法|法律途径)|无能为力|没有办法|爱莫能助|爱找谁`,
    ),
  ],
  [
    'policy-untraceable',
    /(?:有关|相关|上级)(?:规定|政策|法律法规|法规|文件|要求)(?!.*(?:《|〔\d{4}〕|第[一二三四五六七八九十百\d]+条))/s,
  ],
];

/** Words that say what was done or found; without any, a reply only says that it was received. */
const result =
  /已(?:于|经|完成|修复|清理|更换|整改|退|解决|拆|补|约谈|责令|查处|发放|恢复|安装|答复|告知|协调|到账|停止|加装|清运|疏通|送达|安排|联系|派|立案|处罚|设置|办结|缴|支付|抢修|排)|(?:经|据)[^，。]{0,8}(?:核实|查|现场|调查|核查|检查|了解|勘查)|根据|按照|依据|不符合|符合|原因|系因|由于|现(?:已|场)|可(?:以|凭|持|在|于)|需(?:要|携带|提供|先)|条件|流程|每(?:日|天|月)|标准为|地址|感谢您?的?(?:建议|表扬|认可)/;
const empty = /收到|知悉|转(?:交|办|相关)|正在|研究|高度重视|进一步|跟进|记录/;
const hazards = /燃气|煤气|井盖|漏电|触电|坍塌|塌陷|电线|倒伏|积水|起火|冒烟|被困|坠落|脱落/;
const advice =
  /安全|警示|围挡|围蔽|疏散|撤离|请勿|不要|绕行|断电|关闭|关阀|隔离|警戒|提醒|注意|远离|脱困|救出/;
const SHORTEST = 12;

/**
 * Looks a reply over before it goes out. Rules only, in a fixed order, so that the same reply always
 * gives the same findings.
 */
export function replyFindings(reply: string, request: string): ReplyFinding[] {
  const text = reply.trim();
  const found: ReplyFinding[] = patterns.flatMap(([fault, pattern]) => {
    const words = pattern.exec(text)?.[0];
    return words === undefined ? [] : [{ fault, words: words.slice(0, 40) }];
  });
  const masked = maskNumbersIn(text);
  if (masked !== text)
    found.push({ fault: 'number-leaked', words: masked.match(/[\d*]*\*[\d*]*/)?.[0] ?? '' });
  if (text.length < SHORTEST || (empty.test(text) && !result.test(text)))
    found.push({ fault: 'not-answered', words: text.slice(0, 40) });
  const hazard = hazards.exec(request)?.[0];
  if (hazard !== undefined && !advice.test(text)) found.push({ fault: 'hazard', words: hazard });
  return found;
}
