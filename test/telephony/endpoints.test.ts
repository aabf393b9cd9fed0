import { describe, expect, test } from 'vitest';
import type { AriRequests } from '../../telephony/ari-requests.ts';
import { Phones } from '../../telephony/endpoints.ts';

/** An exchange with these phones, of which it tells our application the events of some. */
function phonesOf(states: Record<string, string>, subscribed: string[]) {
  const asked: string[] = [];
  const told: string[] = [];
  const link: Partial<AriRequests> = {
    async subscribedPhones() {
      return subscribed;
    },
    async listPhones() {
      asked.push('list');
      return Object.entries(states).map(([resource, state]) => ({
        technology: 'PJSIP',
        resource,
        state,
      }));
    },
    hasSipObject: async (_type, id) => id.startsWith('seat-9'),
    async subscribeToPhone(id) {
      asked.push(`subscribe ${id}`);
      // It comes back while nobody is told.
      states[id] = 'online';
    },
  };
  const phones = new Phones(link as AriRequests, (seatId, isThere) =>
    told.push(`${seatId} ${isThere}`),
  );
  return { phones, asked, told };
}

describe('after a restart of the server', () => {
  test('the phones it is told of are asked for once', async () => {
    const states = { '9001': 'online', '9002': 'offline' };
    const { phones, asked, told } = phonesOf(states, ['9001', '9002']);
    await phones.reconcile();
    expect(asked).toEqual(['list']);
    expect(told).toEqual(['9001 true']);
  });

  test('one of ours it was not told of is subscribed to, and asked for again; a trunk is neither', async () => {
    const states = { '9001': 'online', '9002': 'offline', 'trunk-1': 'online' };
    const { phones, asked, told } = phonesOf(states, ['9001']);
    await phones.reconcile();
    expect(asked).toEqual(['list', 'subscribe 9002', 'list']);
    expect(told).toEqual(['9001 true', '9002 true']);
    expect(phones.isReachable('trunk-1')).toBe(false);
  });
});
