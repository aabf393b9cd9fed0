import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../src/seats/schema.ts';
import { type DemoDesk, seatChoices } from './desk.ts';

/** The agent's own seat. */
export function deskRoutes(app: FastifyInstance, desk: DemoDesk): void {
  const reply = () => ({ desk: desk.message().desk });
  const on = (verb: string, action: (body: Record<string, string>) => void) =>
    app.post(`/api/desk/${verb}`, (request) => {
      action(request.body as Record<string, string>);
      return reply();
    });
  app.get('/api/desk/seats', () => ({ rows: seatChoices() }));
  app.get('/api/desk', () => desk.message());
  on('sign-in', (body) => desk.signIn(body['seatId'] ?? ''));
  on('sign-out', () => desk.signOut());
  on('ready', () => desk.ready());
  on('not-ready', (body) => desk.notReady(body['reason'] ?? ''));
  on('hold', () => desk.to('hold'));
  on('resume', () => desk.to('talking'));
  on('hang-up', () => desk.to('wrap-up'));
  on('release', () => desk.to('wrap-up'));
  on('wrap-up/extend', () => desk.extend());
  on('wrap-up/done', () => desk.to('ready'));
  on('rejoin', () => undefined);
  app.put('/api/desk/note', (_request, answer) => answer.code(204).send());
  app.post('/mock/desk', (request) => {
    const { state, agoMs, reason } = request.body as {
      state: Desk['state'] | 'absent';
      agoMs?: number;
      reason?: string;
    };
    if (state === 'absent') desk.signOut();
    else {
      if (desk.message().desk === null) desk.signIn('8007');
      desk.to(state, agoMs ?? 0, reason ?? null);
    }
    return reply();
  });
}
