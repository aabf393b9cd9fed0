import { type Hotline, hotlineSchema } from '../../config/hotline.ts';

/** A small hotline for tests: two queues, a direct and a menu entry. */
export function smallHotline(change: (doc: Hotline) => void = () => {}): Hotline {
  const doc = hotlineSchema.parse({
    name: { zh: '示例市12345', en: 'Example city 12345' },
    queues: [
      { id: 'consumer', code: 'Q01', name: { zh: '消费维权', en: 'Consumer' } },
      { id: 'general', code: 'Q12', name: { zh: '综合', en: 'General' } },
    ],
    entries: [
      {
        id: 'main',
        name: { zh: '12345', en: '12345' },
        numbers: ['12345'],
        greeting: ['greeting-12345', 'recording-notice'],
        mode: 'menu',
        menu: 'main',
        queue: 'general',
      },
      {
        id: 'consumer-line',
        name: { zh: '12315', en: '12315' },
        numbers: ['12315'],
        greeting: ['greeting-12315'],
        mode: 'direct',
        keys: {
          '0': { queue: 'general', label: { zh: '人工', en: 'Person' } },
          '2': { language: 'yue', label: { zh: '粤语', en: 'Cantonese' } },
          '3': { language: 'en', label: { zh: '英语', en: 'English' } },
          '5': { queue: 'consumer', priority: 2, label: { zh: '企业', en: 'Company' } },
        },
        queue: 'consumer',
      },
    ],
    menus: [
      {
        id: 'main',
        prompt: 'menu-main',
        queue: 'general',
        keys: {
          '1': { menu: 'consumer', label: { zh: '消费', en: 'Consumer' } },
          '9': { queue: 'general', label: { zh: '综合', en: 'General' } },
          '#': { menu: 'language', label: { zh: '语言', en: 'Language' } },
        },
      },
      {
        id: 'consumer',
        prompt: 'menu-consumer',
        queue: 'consumer',
        keys: { '1': { queue: 'consumer', label: { zh: '退款', en: 'Refund' } } },
      },
      {
        id: 'language',
        prompt: 'language-menu',
        queue: 'general',
        keys: {
          '1': { language: 'zh', label: { zh: '普通话', en: 'Mandarin' } },
          '2': { language: 'yue', label: { zh: '粤语', en: 'Cantonese' } },
          '3': { language: 'en', label: { zh: '英语', en: 'English' } },
        },
      },
    ],
    notReadyReasons: [{ code: 'rest', name: { zh: '小休', en: 'Break' } }],
    resultCodes: [{ code: 'answered', name: { zh: '已解答', en: 'Answered' } }],
    rating: {},
    wrapUp: {},
  });
  change(doc);
  return doc;
}
