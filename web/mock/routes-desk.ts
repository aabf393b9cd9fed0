import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Desk } from '../../src/seats/schema.ts';
import { city } from './city.ts';
import { demoNow } from './demo-clock.ts';
import { type DemoDesk, seatChoices } from './desk.ts';
import { keepTalking } from './floor.ts';
import { experts, targets } from './targets.ts';

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
  partyRoutes(app, desk);
  app.put('/api/desk/note', (_request, answer) => answer.code(204).send());
  app.post('/mock/desk', (request) => {
    const pose = request.body as DeskPose;
    const { state, agoMs, reason, party, monitored, monitoring, callBack } = pose;
    if (state === 'absent') desk.signOut();
    else {
      if (desk.message().desk === null) desk.signIn('8007');
      desk.to(state, agoMs ?? 0, reason ?? null);
      desk.callBack(callBack ? wishOf(callBack) : null);
      if (party) desk.ask(party, state === 'hold');
      if (monitored) desk.monitor({ monitored });
      if (monitoring) {
        desk.monitor({ monitoring });
        keepTalking(monitoring.seatId);
      }
    }
    return reply();
  });
}

/** What the demo seat shall be doing. */
export interface DeskPose extends Partial<Pick<Desk, 'party' | 'monitored' | 'monitoring'>> {
  state: Desk['state'] | 'absent';
  agoMs?: number;
  reason?: string;
  /** Whose turn it is wants to be called back. */
  callBack?: { isMissed: boolean; attempts: number; agoMs: number };
}

function wishOf({ agoMs, ...wish }: NonNullable<DeskPose['callBack']>) {
  return { ...wish, requestedAt: demoNow() - agoMs };
}

/** Further people in the call: whoever is asked in answers at once. */
function partyRoutes(app: FastifyInstance, desk: DemoDesk): void {
  const reply = () => ({ desk: desk.message().desk });
  const invite = (isHeld: boolean) => (request: FastifyRequest) => {
    const body = request.body as Record<string, string>;
    const emergency = city.emergency.find(({ code }) => code === body['emergency']);
    const number = body['number'] ?? emergency?.number ?? null;
    desk.ask({ number, seatId: body['seatId'] ?? null, isIn: true }, isHeld);
    return reply();
  };
  const end = (isHeld: boolean) => () => {
    desk.ask(null, isHeld);
    return reply();
  };
  const leave = () => {
    desk.to('wrap-up');
    return reply();
  };
  app.get('/api/desk/targets', targets);
  app.get('/api/desk/experts', () => ({ rows: experts() }));
  app.post('/api/desk/help', (request) => {
    const { hold } = request.body as { hold: boolean };
    desk.ask({ number: null, seatId: '8030', isIn: true }, hold);
    return reply();
  });
  app.post('/api/desk/keys', reply);
  app.put('/api/desk/tags', (_request, answer) => answer.code(204).send());
  app.post('/api/desk/consult', invite(true));
  app.post('/api/desk/conference', invite(false));
  app.delete('/api/desk/conference', end(false));
  app.post('/api/desk/consult/return', end(false));
  app.post('/api/desk/consult/three-way', () => {
    desk.ask(desk.message().desk?.party ?? null, false);
    return reply();
  });
  app.post('/api/desk/consult/complete', leave);
  app.post('/api/desk/transfer', leave);
}
