/** The words of one part of the console: Chinese first, English with exactly the same keys. */
export function words<T>(zh: T, en: NoInfer<T>): { zh: T; en: T } {
  return { zh, en };
}

/** Words looked up by something that comes from outside; a missing one is undefined. */
export function table(words: Record<string, string>): Record<string, string> {
  return words;
}
