import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  callBackSchema,
  callDetailSchema,
  callRowSchema,
  popSchema,
} from '../../src/calls/schema.ts';
import { floorSchema } from '../../src/floor/schema.ts';
import { hotlineVersionSchema, promptSchema } from '../../src/hotline/schema.ts';
import { auditPageSchema, meSchema, personSchema } from '../../src/people/schema.ts';
import { deskSchema, seatChoiceSchema, seatSchema } from '../../src/seats/schema.ts';
import { callBacks } from '../../web/mock/call-backs.ts';
import { detailOf, findCalls } from '../../web/mock/calls.ts';
import { DemoDesk, seatChoices } from '../../web/mock/desk.ts';
import { seats, stir, wholeFloor } from '../../web/mock/floor.ts';
import { meOf, people } from '../../web/mock/people.ts';
import { auditRows, prompts, versions } from '../../web/mock/records.ts';

// The pictures show what the real server would send: the demo data obey its public schemas.
describe('the demo city speaks the server’s language', () => {
  test('calls, their details and call-backs', () => {
    const rows = z.array(callRowSchema).parse(findCalls({}));
    expect(rows.length).toBeGreaterThan(1_000);
    for (const { id } of rows.slice(0, 60)) callDetailSchema.parse(detailOf(id));
    z.array(callBackSchema).min(1).parse(callBacks);
  });
  test('the floor, before and after it moves', () => {
    floorSchema.parse(wholeFloor());
    for (let n = 0; n < 50; n += 1) stir();
    floorSchema.parse(wholeFloor());
  });
  test('people, seats, prompts, versions, audit', () => {
    z.array(personSchema).parse(people);
    z.array(meSchema).parse(people.map(meOf));
    z.array(seatSchema).parse(seats);
    z.array(seatChoiceSchema).parse(seatChoices());
    z.array(promptSchema).parse(prompts);
    z.array(hotlineVersionSchema).parse(versions);
    auditPageSchema.parse({ rows: auditRows, next: null });
  });
  test.each(['ready', 'not-ready', 'ringing', 'talking', 'hold', 'wrap-up'] as const)(
    'the desk, %s',
    (state) => {
      const desk = new DemoDesk(() => undefined);
      desk.signIn('8007');
      desk.to(state);
      const { desk: seat, pop } = desk.message();
      expect(deskSchema.parse(seat).state).toBe(state);
      popSchema.nullable().parse(pop);
    },
  );
});
