import type { OrderView } from '../../../../src/orders/schema.ts';
import { endingWords } from '../../text/call-words.ts';
import { span } from '../../text/format.ts';
import { type Lang, table, words } from '../../text/words.ts';

export const callCitizenText = words(
  {
    title: '回拨来电人',
    help: '热线先拨您的电话，接听后按 1，再拨来电人。双方只看到热线号码；通话录音，热线先告知对方，并记入本单。',
    call: '回拨来电人',
    again: '再次回拨',
    own: '您的电话',
    ownHelp: '手机或带区号的座机',
    keep: '保存',
    change: '更换',
    cancel: '取消',
    stage: table({
      'relay-calling': '正在拨打您的电话，请接听并按 1',
      'relay-dialling': '正在呼叫来电人，请稍候',
      'relay-talk': '通话中',
    }),
    last: '上次',
    notPlaced: '未拨出',
    calling: '呼叫中',
    talked: (time: string) => `通话 ${time}`,
    talkedSome: '已通话',
    proof: '“记录联系”会以最近一次通话为证。',
  },
  {
    title: 'Call the citizen',
    help: 'The hotline calls your telephone first; press 1, and the citizen is called. Both see only the hotline’s number. The call is recorded, the citizen is told so, and it is linked to this order.',
    call: 'Call the citizen',
    again: 'Call again',
    own: 'Your telephone',
    ownHelp: 'Mobile, or landline with area code',
    keep: 'Save',
    change: 'Change',
    cancel: 'Cancel',
    stage: table({
      'relay-calling': 'Your telephone is called: answer and press 1',
      'relay-dialling': 'The citizen is called, please wait',
      'relay-talk': 'Talking',
    }),
    last: 'Last',
    notPlaced: 'not placed',
    calling: 'being called',
    talked: (time: string) => `talked ${time}`,
    talkedSome: 'talked',
    proof: 'A contact you note has the latest talk as its proof.',
  },
);

type Told = NonNullable<OrderView['timeline'][number]['call']>;

/** What became of a call to the citizen, in a few words. */
export function callWords({ ending, talkMs }: Told, lang: Lang): string {
  const t = callCitizenText[lang];
  if (talkMs !== null) return t.talked(span(talkMs));
  if (ending === 'relayed') return t.talkedSome;
  return ending === null ? t.calling : endingWords(ending, lang);
}
