/**
 * Something the operator has to put right before the server can start: names the setting, in both
 * languages, and is shown without a stack trace.
 */
export class ConfigError extends Error {
  /** The environment variable or the path in the settings file, e.g. `YIHAO_BIND`. */
  readonly setting: string;
  readonly zh: string;
  readonly en: string;
  constructor(setting: string, zh: string, en: string) {
    super(`${setting}：${zh}\n${setting}: ${en}`);
    this.name = 'ConfigError';
    this.setting = setting;
    this.zh = zh;
    this.en = en;
  }
}
