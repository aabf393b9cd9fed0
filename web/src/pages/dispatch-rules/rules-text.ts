import { words } from '../../text/words.ts';

export const rulesText = words(
  {
    title: '派单规则',
    version: (version: number, rows: number) =>
      version === 0 ? '尚未导入' : `第 ${version} 版，${rows.toLocaleString('zh-CN')} 条`,
    import: '导入规则（CSV）',
    importHelp:
      '列为 matter,area,lead,co：事项代码、区划代码（空为全市）、主办单位编号、协办单位编号（多个用分号）。整份替换；有一行不对就全部不采用。',
    sending: '上传中…',
    checking: (done: number, of: number) =>
      `已核对 ${done.toLocaleString('zh-CN')} / ${of.toLocaleString('zh-CN')} 行`,
    taken: (version: number, rows: number) =>
      `已采用：第 ${version} 版，${rows.toLocaleString('zh-CN')} 条`,
    wrong: (count: number) => `没有采用：${count} 行有问题`,
    line: (line: string) => `第 ${line} 行`,
    try: '试一试',
    tryHelp: '输入事项与区划，看会派给谁',
    matter: '事项代码',
    area: '区划代码',
    decide: '看结果',
    nobody: '没有规则，转人工派单',
    lead: '主办',
    co: '协办',
    by: '依据',
    sure: '把握',
  },
  {
    title: 'Dispatch rules',
    version: (version: number, rows: number) =>
      version === 0 ? 'None yet' : `Version ${version}, ${rows.toLocaleString('en')} rules`,
    import: 'Import rules (CSV)',
    importHelp:
      'Columns matter,area,lead,co: codes of matter and area (empty: the whole city), the lead unit’s id, co-units’ ids separated by semicolons. Replaces all rules; with one bad line nothing is taken.',
    sending: 'Sending…',
    checking: (done: number, of: number) =>
      `${done.toLocaleString('en')} of ${of.toLocaleString('en')} lines checked`,
    taken: (version: number, rows: number) =>
      `Taken: version ${version}, ${rows.toLocaleString('en')} rules`,
    wrong: (count: number) => `Not taken: ${count} bad lines`,
    line: (line: string) => `Line ${line}`,
    try: 'Try it',
    tryHelp: 'A matter and an area: who would get the order',
    matter: 'Matter',
    area: 'Area',
    decide: 'Decide',
    nobody: 'No rule: a dispatcher decides',
    lead: 'Lead',
    co: 'With',
    by: 'By',
    sure: 'Confidence',
  },
);
