import { words } from '../../text/words.ts';

export const callerRulesText = words(
  {
    callerRules: '来电人规则（谁可以提前，去哪个队列）',
    callerRulesHelp: '每级相当于早到一分钟，各条相加，最多 10 级；按键选过队列的来电人不改队列。',
    condition: '条件',
    again: '诉求未办结再次来电',
    steps: '级',
    usualQueue: '不改队列',
    addRule: '新增规则',
    within: '多久以内',
    withinHours: '小时内',
    hours: '小时',
    lastAgent: '上次接听的话务员空闲时优先（多久以内）',
    lastAgentNever: '不优先',
    lastAgentHelp: '只在该话务员空闲时优先，从不为此等待',
  },
  {
    callerRules: 'Rules for callers: who comes earlier, and where to',
    callerRulesHelp:
      'A step counts as a minute; they add up to 10 at most. Who chose a queue by key stays there.',
    condition: 'condition',
    again: 'Calls again about an open matter',
    steps: 'steps',
    usualQueue: 'The usual queue',
    addRule: 'Add a rule',
    within: 'within',
    withinHours: 'h',
    hours: 'h',
    lastAgent: 'The agent of the last call comes first if free, within',
    lastAgentNever: 'Never',
    lastAgentHelp: 'Only if free; nobody waits for an agent',
  },
);
