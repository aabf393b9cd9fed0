/** The languages of the console (a caller's language is another matter). */
export type Lang = 'zh' | 'en';

/** The words of one part of the console: Chinese first, English with exactly the same keys. */
export function words<T>(zh: T, en: NoInfer<T>): Record<Lang, T> {
  return { zh, en };
}

/** Words looked up by something that comes from outside; a missing one is undefined. */
export function table(words: Record<string, string>): Record<string, string> {
  return words;
}
