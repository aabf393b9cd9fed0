import type { Row } from './row.ts';
import { adopt } from './rows/adopt.ts';
import { ari } from './rows/ari.ts';
import { callCpu } from './rows/call-cpu.ts';
import { engine } from './rows/engine.ts';
import { enter } from './rows/enter.ts';
import { erlang } from './rows/erlang.ts';
import { fanout } from './rows/fanout.ts';
import { orders } from './rows/orders.ts';
import { page } from './rows/page.ts';
import { ring } from './rows/ring.ts';
import { store } from './rows/store.ts';
import { throughput } from './rows/throughput.ts';
import { trace } from './rows/trace.ts';
import { waiting } from './rows/waiting.ts';

/** Every benchmark, in the order `all` runs them. */
export const rows: readonly Row[] = [
  engine,
  store,
  fanout,
  orders,
  page,
  erlang,
  trace,
  ring,
  enter,
  waiting,
  callCpu,
  throughput,
  ari,
  adopt,
];
