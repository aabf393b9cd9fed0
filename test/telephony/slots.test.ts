import { expect, test } from 'vitest';
import { deferred } from '../../src/kit/abort.ts';
import { createSlots } from '../../telephony/slots.ts';

test('so much at once, so much waits in order, and what is too much is refused at once', async () => {
  const slots = createSlots(1, 2, () => new Error('full'));
  const begun: string[] = [];
  const gates = new Map<string, ReturnType<typeof deferred<void>>>();
  const work = (name: string) =>
    slots(async () => {
      begun.push(name);
      const gate = deferred<void>();
      gates.set(name, gate);
      await gate.promise;
      return name;
    });
  const [first, second, third] = [work('first'), work('second'), work('third')];
  await expect(work('fourth')).rejects.toThrow('full');
  expect(begun).toEqual(['first']);
  for (const [at, name] of ['first', 'second', 'third'].entries()) {
    gates.get(name)?.resolve();
    expect(await [first, second, third][at]).toBe(name);
  }
  expect(begun).toEqual(['first', 'second', 'third']);
  const fifth = work('fifth');
  gates.get('fifth')?.resolve();
  expect(await fifth).toBe('fifth');
});
