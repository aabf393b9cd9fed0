import type { Row } from './row.ts';
import { engine } from './rows/engine.ts';
import { erlang } from './rows/erlang.ts';
import { orders } from './rows/orders.ts';
import { store } from './rows/store.ts';
import { trace } from './rows/trace.ts';

/** Every benchmark, in the order `all` runs them. */
export const rows: readonly Row[] = [engine, store, orders, erlang, trace];
