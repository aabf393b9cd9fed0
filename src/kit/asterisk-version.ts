/** Why an Asterisk is not to be used, for the operator. */
export interface VersionFault {
  zh: string;
  en: string;
}

/** The oldest branch this project is written for, and the first releases without a known hole. */
const oldestBranch = 20;
const firstSafe: Readonly<Record<number, readonly [number, number]>> = {
  20: [9, 2],
  21: [4, 2],
};

/**
 * Refuses versions that are known to fail callers: those that are too old, those that let anybody who
 * may originate calls run programs (CVE-2024-42365), and the candidates of 22.11, which crash when a
 * client answers their ping (asterisk/asterisk#2085). Null when nothing is known against it; a version
 * that cannot be read, such as a build of one's own, is the operator's choice.
 */
export function faultOfAsterisk(version: string): VersionFault | null {
  const [, branch, minor, patch, candidate] =
    /^(?:certified[/-])?(\d+)\.(\d+)(?:[.-](?:cert)?(\d+))?(-rc\d+)?/.exec(version) ?? [];
  if (branch === undefined) return null;
  const [major, second, third] = [Number(branch), Number(minor), Number(patch ?? 0)];
  if (major < oldestBranch) return fault(version, '版本过低', `older than ${oldestBranch}`);
  if (major === 22 && second === 11 && candidate !== undefined) {
    return fault(version, '会在收到 WebSocket PONG 时崩溃', 'crashes on a WebSocket PONG');
  }
  const safe = version.startsWith('certified') ? undefined : firstSafe[major];
  if (safe && (second < safe[0] || (second === safe[0] && third < safe[1]))) {
    return fault(version, '存在漏洞 CVE-2024-42365', 'has the hole CVE-2024-42365');
  }
  return null;
}

function fault(version: string, zh: string, en: string): VersionFault {
  return {
    zh: `Asterisk ${version} ${zh}，不能使用，请换用 22.10 等其他版本`,
    en: `Asterisk ${version} ${en}: it must not be used, take another version such as 22.10`,
  };
}
