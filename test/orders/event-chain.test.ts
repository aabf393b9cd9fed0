import { beforeEach, describe, expect, test } from 'vitest';
import { buildHouse, type House, replied } from './rig.ts';

let house: House;
beforeEach(() => {
  house = buildHouse();
});

describe('the chain', () => {
  test('names the row that was changed or is missing', () => {
    replied(house);
    expect(house.chain.verify()).toEqual({ ok: true, rows: 7 });
    const { sql } = house.store;
    expect(() => sql.exec("UPDATE order_events SET body = '{}' WHERE seq = 4")).toThrow(
      'never changed',
    );
    expect(() => sql.exec('DELETE FROM order_events WHERE seq = 7')).toThrow('never removed');
    sql.exec('DROP TRIGGER order_events_no_update; DROP TRIGGER order_events_no_delete');
    sql.exec('DELETE FROM order_events WHERE seq = 7');
    expect(house.chain.verify()).toEqual({ ok: false, seq: 7, why: 'missing' });
    sql.exec("UPDATE order_events SET personId = 'somebody else' WHERE seq = 4");
    expect(house.chain.verify()).toEqual({ ok: false, seq: 4, why: 'changed' });
  });

  test('the rows for lists are what the events say', async () => {
    const id = replied(house);
    const { fold } = await import('../../src/order-rules/fold.ts');
    const folded = house.chain
      .of(id)
      .reduce<Parameters<typeof fold>[0]>(
        (order, { seq: _seq, ip: _ip, ...event }) => fold(order, event),
        null,
      );
    expect(house.orders.find(id).folded).toEqual(folded);
  });
});
