import { expect, test } from 'vitest';
import { type ReplyFault, replyFindings } from '../../src/order-rules/reply-checks.ts';

const request = '路口信号灯不亮，希望尽快修复';
const hazard = '小区门口井盖缺失，老人险些摔倒';

/** Replies with what is wrong with them; written by hand, none made from the patterns. */
const bad: readonly [ReplyFault, string, string?][] = [
  ['over-promise', '您好，经现场核实，我局保证今后该路口信号灯不再出现故障。'],
  ['over-promise', '经查该商家确有问题，我们一定让您的钱全部退还到位。'],
  ['over-promise', '已更换设备，以后百分之百不会停水，请放心。'],
  ['over-promise', '已对工地约谈，绝不会再有夜间施工。'],
  ['over-promise', '已清理垃圾，我街道承诺彻底解决该处脏乱问题。'],
  ['over-promise', '已责令整改，再也不会出现类似情况，请您放心。'],
  ['over-promise', '经核实已安排加班，确保您满意。'],
  ['deadline', '经核实，主板已订货，预计三天内恢复正常。'],
  ['deadline', '经现场查看需更换线缆，我局将于 5 个工作日内完成更换。'],
  ['deadline', '已立案，案件会在一个月之内办结并告知您。'],
  ['deadline', '已联系施工方，力争两周以内修复路面。'],
  ['number-leaked', '已联系投诉人王女士（13812345678），问题已处理完毕。'],
  ['number-leaked', '经核实，投诉人身份证 44010519900101123X 信息有误，已更正。'],
  ['number-leaked', '已修复，如有疑问请加经办人微信 139 8765 4321。'],
  ['shirking', '您反映的问题不属于我局职责范围，请知悉。'],
  ['shirking', '经查，该路灯不归本街道管理，已告知。'],
  ['shirking', '请您自行联系物业公司反映该问题，谢谢理解。'],
  ['shirking', '双方纠纷建议您通过法律途径解决，感谢来电。'],
  ['shirking', '该商家已停业，我们也没有办法，请理解。'],
  ['shirking', '经了解，此事与我单位无关，已作解释说明。'],
  ['shirking', '我支队无权查处该行为，已向来电人解释。'],
  ['shirking', '信号灯由建设单位维护，请直接向建设单位投诉处理。'],
  ['not-answered', '已知悉。'],
  ['not-answered', '您反映的问题已收到，我局高度重视，正在研究处理。'],
  ['not-answered', '您的诉求已转交相关科室，我们将进一步跟进。'],
  ['not-answered', '感谢来电，您反映的情况我们会认真记录并跟进。'],
  ['not-answered', '已处理'],
  ['not-answered', '该问题正在办理中，请您耐心等待，谢谢。'],
  ['hazard', '经现场核实，井盖由雨水管理部门负责，已派人更换。', hazard],
  ['hazard', '您好，已安排人员补装，现已完成补装工作。', hazard],
  ['hazard', '经查漏气点为接口老化，已更换接口。', '家里燃气味很重，怀疑漏气'],
  ['hazard', '已派抢险队排水，现场已恢复通行。', '下穿隧道积水很深，有车熄火'],
  ['policy-untraceable', '经核实，根据相关规定，您的情况不符合补贴条件。'],
  ['policy-untraceable', '按照上级文件，该项收费符合标准，已向您解释。'],
  ['policy-untraceable', '依据有关政策，养老金已按月发放，标准无误。'],
  ['policy-untraceable', '经查，根据有关法律法规该店行为不构成违法。'],
];

const good: readonly [string, string?][] = [
  ['您好，经现场核实，信号灯控制板损坏，已于今日 16 时更换，现已恢复正常。'],
  ['经查，该商家已停业，我局已立案并约谈其负责人，首批退款 860 元已退至您的账户。'],
  ['根据《失业保险条例》第十四条，缴费满一年且非本人意愿中断就业的，可以申领失业保险金。'],
  ['您咨询的异地就医备案，可在国家医保服务平台办理，也可持身份证到任一社保窗口办理。'],
  ['经核实，工地当晚为混凝土连续浇筑并已取得夜间施工许可，已要求其加装隔音屏并提前公示。'],
  ['垃圾已于 11 月 20 日清运完毕，并增加每日一次巡查。'],
  ['现场检查发现井盖缺失，已设置围挡和警示灯，并于当日更换新井盖，请过往行人注意绕行。', hazard],
  ['接报后已关闭阀门并疏散楼内住户，经检测漏点已修复，复检合格后恢复供气。', '家里燃气味很重'],
  ['经调查，停水原因为主管爆裂，已抢修完成，11 月 21 日 20 时恢复供水。'],
  ['您反映的物业收费标准，经查已在小区公告栏公示，收费标准为每平方米 2.1 元。'],
  ['由于厂家缺货，主板需从外地调运，现场已安排交警每日早晚高峰疏导，到货后即更换。'],
  ['已联系用人单位，三个月工资共计 1.2 万元已支付到您的工资卡。'],
  ['感谢您的建议，经客流调查，延长线路需新增车辆，已列入明年线网优化方案研究。'],
  ['经核查，执法人员已对占道摊贩作出劝离，并在该路段加派早晚巡查。'],
  ['老人家中已由社区工作人员上门看望，已安装一键呼叫设备。'],
  ['经了解，贷款资料缺少收入证明，已告知您补齐方式，补齐后即可进入放款流程。'],
  ['停车位由路内停车管理中心管理，已协调其退还多收的 12 元。'],
  ['您的居住证申请已审核通过，可凭身份证在任一派出所领取。'],
  ['经现场检查，楼顶搭建确属违法建设，已责令当事人停止建设并限期拆除。'],
  ['信号灯配时已于昨日调整，东西向绿灯由 30 秒增至 45 秒。'],
  ['根据穗府办〔2021〕10 号文件，高龄津贴每月发放，您本月津贴已到账。'],
  ['经查实窗口人员态度生硬，已批评教育并向您致歉。'],
  ['隧道积水已排除，现场已撤除警戒，提醒过往车辆减速。', '下穿隧道积水很深'],
  ['电梯困人报警后 12 分钟脱困，维保单位已更换门锁继电器。', '电梯里有人被困'],
];

test('nine of ten faults in the sample are found, each by its name', () => {
  const missed = bad.filter(
    ([fault, reply, asked = request]) =>
      !replyFindings(reply, asked).some((finding) => finding.fault === fault),
  );
  expect(missed.length / bad.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.1);
});

test('at most one sound reply in ten is pointed at', () => {
  const alarms = good.flatMap(([reply, asked = request]) => {
    const findings = replyFindings(reply, asked);
    return findings.length > 0 ? [{ reply, findings }] : [];
  });
  expect(alarms.length / good.length, JSON.stringify(alarms)).toBeLessThanOrEqual(0.1);
});

test('what is shown of a leaked number is masked', () => {
  expect(replyFindings('已联系投诉人（13812345678），问题已处理完毕。', request)).toEqual([
    { fault: 'number-leaked', words: '138****5678' },
  ]);
});
