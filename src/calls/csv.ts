import { endings } from '../ending.ts';
import { BYTE_ORDER_MARK, type Cell, csvLine } from '../kit/csv.ts';
import { shanghaiTime } from '../kit/shanghai.ts';
import type { CallRow } from './schema.ts';

/** Names for ids in a file that people read. An id that is gone stands for itself. */
export interface CallNames {
  entry: (id: string) => string;
  queue: (id: string) => string;
  agent: (id: string) => string;
  seat: (id: string) => string;
  result: (code: string) => string;
  tag: (code: string) => string;
}

type Column = readonly [title: string, cell: (call: CallRow, names: CallNames) => Cell];

const when = (at: number | null) => (at === null ? null : shanghaiTime(at));
const named = (id: string | null, name: (id: string) => string) => (id === null ? null : name(id));

const columns: readonly Column[] = [
  ['来电编号', (call) => call.id],
  ['来电时间', (call) => when(call.arrivedAt)],
  ['来电号码', (call) => call.callerMasked],
  ['拨打号码', (call) => call.dialled],
  ['接入', (call, names) => names.entry(call.entryId)],
  ['语种', (call) => call.language],
  ['菜单选择', (call) => call.choice],
  ['队列', (call, names) => named(call.queueId, names.queue)],
  ['座席', (call, names) => named(call.seatId, names.seat)],
  ['话务员', (call, names) => named(call.agentId, names.agent)],
  ['进入队列', (call) => when(call.queuedAt)],
  ['接通时间', (call) => when(call.connectedAt)],
  ['结束时间', (call) => when(call.endedAt)],
  ['等候毫秒', (call) => call.waitedMs],
  ['振铃毫秒', (call) => call.ringMs],
  ['通话毫秒', (call) => call.talkMs],
  ['保持毫秒', (call) => call.heldMs],
  ['满意度', (call) => call.rating],
  ['办理结果', (call, names) => named(call.resultCode, names.result)],
  ['方向', (call) => (call.direction === 'out' ? '呼出' : '呼入')],
  ['标签', (call, names) => call.tags.map(names.tag).join('、')],
  ['结束方式', (call) => (call.ending === null ? null : endings[call.ending].zh)],
];

/** The first line of the file, byte order mark included. */
export function csvHead(): string {
  return BYTE_ORDER_MARK + csvLine(columns.map(([title]) => title));
}

/** One call as a line. */
export function csvCall(call: CallRow, names: CallNames): string {
  return csvLine(columns.map(([, cell]) => cell(call, names)));
}
