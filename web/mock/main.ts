import { startMock } from './server.ts';

const server = await startMock(Number(process.env['PORT'] ?? 48_080));
console.log(`demo city at ${server.address} (sign in as "all" with "demo")`);
