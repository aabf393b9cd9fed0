import { afterAll, beforeAll } from 'vitest';
import { FakeAri } from '../support/fake-ari.ts';
import { ariLinkContract } from './ari-link.contract.ts';

let fake: FakeAri;

beforeAll(async () => {
  fake = await FakeAri.start();
});

afterAll(() => fake.stop());

ariLinkContract('the link over a fake Asterisk', () => ({
  port: fake.port,
  user: fake.user,
  password: fake.password,
  async bring() {
    const id = `caller-${fake.requests.length}`;
    fake.bring(id);
    return async () => fake.takeAway(id);
  },
}));
