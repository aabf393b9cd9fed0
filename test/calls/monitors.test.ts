import { expect, test } from 'vitest';
import { createMonitors } from '../../src/calls/monitors.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

/** Seat 1001 talks to a caller; a leader sits at 1009. */
async function talking() {
  const rig = createRig();
  const { leg: agent } = await rig.talk();
  await rig.seat('1009', 'general');
  const monitors = createMonitors(rig.house, rig.calls);
  rig.follow(monitors.onEvent);
  return { rig, agent, monitors };
}

async function listening() {
  const talk = await talking();
  const started = talk.monitors.start('1009', '1001', 'listen');
  await settle();
  const leader = talk.rig.telephony.answer('1009');
  await started;
  return { ...talk, leader };
}

test('the leader’s phone answers by itself, takes no calls meanwhile, records nothing', async () => {
  const { rig, monitors } = await talking();
  const started = monitors.start('1009', '1001', 'listen');
  await settle();
  expect(rig.telephony.rings[0]?.request).toMatchObject({ autoAnswer: true, unrecorded: true });
  expect(rig.dispatcher.engine.seat('1009')).toMatchObject({ state: 'not-ready' });
  expect(monitors.modeAt('1001')).toBeNull();
  rig.telephony.answer('1009');
  await started;
  expect(monitors.modeAt('1001')).toBe('listen');
  expect(monitors.from('1009')).toEqual({ seatId: '1001', mode: 'listen' });
  expect(monitors.from('1001')).toBeNull();
  expect(rig.told('call.monitored')).toMatchObject([{ bySeatId: '1009', mode: 'listen' }]);
});

test('the mode changes during the session; stop ends it and leaves the talk alone', async () => {
  const { rig, agent, leader, monitors } = await listening();
  await monitors.start('1009', '1001', 'whisper');
  await monitors.start('1009', '1001', 'barge');
  monitors.stop('1009');
  monitors.stop('1009');
  await settle();
  const name = '1009 at 1001';
  const acts = rig.telephony.acts.filter((act) => act.endsWith(name));
  expect(acts).toEqual([`listen ${name}`, `whisper ${name}`, `barge ${name}`, `stop ${name}`]);
  expect(leader.gone.aborted).toBe(true);
  expect(agent.gone.aborted).toBe(false);
  expect(monitors.modeAt('1001')).toBeNull();
  expect(rig.told('call.monitored').at(-1)).toMatchObject({ mode: null });
});

test('it ends with the agent’s talk, and with the leader’s hang-up', async () => {
  const first = await listening();
  first.agent.end('agent');
  await settle();
  expect(first.leader.gone.aborted).toBe(true);
  const second = await listening();
  second.leader.end('agent');
  await settle();
  expect(second.monitors.modeAt('1001')).toBeNull();
});

test('only a seat that talks can be listened to, by a leader without a call', async () => {
  const { rig, monitors } = await talking();
  const refused = expect.objectContaining({ code: 'not-now' });
  await expect(monitors.start('1009', '1009', 'listen')).rejects.toEqual(refused);
  await expect(monitors.start('1001', '1001', 'listen')).rejects.toEqual(refused);
  await expect(monitors.start('1009', '9999', 'listen')).rejects.toEqual(refused);
  const started = monitors.start('1009', '1001', 'listen');
  await settle();
  rig.telephony.fail('1009', 'no-answer');
  await expect(started).rejects.toMatchObject({ code: 'seat-not-free' });
  expect(monitors.modeAt('1001')).toBeNull();
});

test('it follows the agent to another phone', async () => {
  const { rig, agent, leader, monitors } = await listening();
  const back = rig.calls.ask(rig.callId(), 'rejoin');
  await settle();
  rig.telephony.answer('1001');
  await back;
  await settle();
  expect(agent.gone.aborted).toBe(true);
  expect(rig.telephony.acts.at(-1)).toBe('1009 moves to 1001');
  expect(monitors.modeAt('1001')).toBe('listen');
  expect(leader.gone.aborted).toBe(false);
});

test('a phone that is lost does not end it; the end of the grace time does', async () => {
  const { rig, agent, leader, monitors } = await listening();
  agent.end('seat-lost');
  await settle();
  expect(monitors.modeAt('1001')).toBe('listen');
  await rig.clock.advance(20_000);
  expect(leader.gone.aborted).toBe(true);
  expect(monitors.modeAt('1001')).toBeNull();
});
