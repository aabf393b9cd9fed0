import type { ServerConfig } from '../../config/server.ts';
import { hostOf } from './answers.ts';
import { type ReadyMessage, serverLogFile } from './server.ts';

/** What a person needs to know once everything runs. */
export function cardText(config: ServerConfig, ready: ReadyMessage, seconds: number): string {
  const host = hostOf(config.bind);
  const console = `http://${host}:${config.http.port}/`;
  const trunks = config.sip.trunks.flatMap((trunk) => trunk.match).join(', ');
  const sip = config.ari.external
    ? '经外部 Asterisk / through your own Asterisk'
    : `sip:12345@${host}:${config.sip.port}  (来自 / from ${trunks})`;
  const lines = [
    ['控制台 / console', console],
    ['账号 / sign in as', ready.adminLogin ?? 'admin'],
    ...(ready.adminPassword
      ? [['一次性密码 / one-time password', `${ready.adminPassword}  (只显示一次 / shown once)`]]
      : []),
    ['拨打 / dial', sip],
    ['测试电话 / a test call', 'npm run call -- --to 12345 --keys 1'],
    ['演示流量 / demo traffic', 'npm run demo'],
    ['日志 / log', serverLogFile(config.dataDir)],
    ['停止 / stop', 'Ctrl-C'],
  ];
  const body = lines.map(([name = '', value = '']) => `  ${pad(name, 32)}${value}`);
  const rule = '─'.repeat(84);
  return [
    rule,
    `  一号 Yihao 已就绪 / is ready  (${seconds.toFixed(1)} s)`,
    '',
    ...body,
    rule,
  ].join('\n');
}

/** Pads to a width in columns: a Chinese character takes two. */
function pad(text: string, columns: number): string {
  const width = Array.from(text).reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(1, columns - width));
}
