import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { Problem } from './problem.ts';

/** A port somebody wants to listen on, and the setting a person changes when it is taken. */
export interface WantedPort {
  protocol: 'tcp' | 'udp';
  host: string;
  port: number;
  setting: string;
}

/** Rejects with a `Problem` that names the setting when something else listens there already. */
export async function assertPortFree(wanted: WantedPort): Promise<void> {
  try {
    await (wanted.protocol === 'tcp' ? tryTcp(wanted) : tryUdp(wanted));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const where = `${wanted.protocol.toUpperCase()} ${wanted.host}:${wanted.port}`;
    if (code === 'EADDRNOTAVAIL') {
      throw new Problem(
        `本机没有地址 ${wanted.host}。请修改环境变量 YIHAO_BIND。`,
        `This machine has no address ${wanted.host}. Change YIHAO_BIND.`,
      );
    }
    const why = code === 'EADDRINUSE' ? { zh: '已被占用', en: 'is taken' } : { zh: code, en: code };
    throw new Problem(
      `端口 ${where} 无法使用：${why.zh}。请用环境变量 ${wanted.setting} 换一个。`,
      `Port ${where} cannot be used: ${why.en}. Choose another one with ${wanted.setting}.`,
    );
  }
}

function tryTcp({ host, port }: WantedPort): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function tryUdp({ host, port }: WantedPort): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve()));
  });
}
