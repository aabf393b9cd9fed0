import { create } from 'zustand';
import type { Lang } from './words.ts';

const kept = 'yihao.language';

function remembered(): Lang {
  return localStorage.getItem(kept) === 'en' ? 'en' : 'zh';
}

export const useLanguage = create<{ lang: Lang; change: (lang: Lang) => void }>((set) => ({
  lang: remembered(),
  change(lang) {
    localStorage.setItem(kept, lang);
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    set({ lang });
  },
}));

/** The words of one part of the console in the reader's language. */
export function useWords<T>(both: Record<Lang, T>): T {
  return both[useLanguage((s) => s.lang)];
}
