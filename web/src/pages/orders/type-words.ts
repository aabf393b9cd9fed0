import type { NewOrder } from '../../../../src/orders/schema.ts';
import type { Lang } from '../../text/words.ts';

type RequestType = NewOrder['type'];

const typeWords: Record<RequestType, Record<Lang, string>> = {
  help: { zh: '求助', en: 'Help' },
  complaint: { zh: '投诉', en: 'Complaint' },
  consult: { zh: '咨询', en: 'Question' },
  report: { zh: '举报', en: 'Report' },
  suggestion: { zh: '建议', en: 'Suggestion' },
  praise: { zh: '表扬', en: 'Praise' },
};

/** The types of request (诉求类型), as choices. */
export function useTypeWords(lang: Lang): { value: RequestType; label: string }[] {
  const types = Object.keys(typeWords) as RequestType[];
  return types.map((value) => ({ value, label: typeWords[value][lang] }));
}
