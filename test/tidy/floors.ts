import { join } from 'node:path';
import { importsOf, type Source } from './sources.ts';

/**
 * The floors of the house, lowest first. Rooms on one line may not look into each other; every room
 * may look into the rooms below.
 */
const floors: readonly (readonly string[])[] = [
  ['src/kit'],
  ['config'],
  [
    'src/ending.ts',
    'src/access.ts',
    'src/events-desk.ts',
    'src/events-call-back.ts',
    'src/events-leading.ts',
    'src/events-relay.ts',
  ],
  ['src/events.ts', 'src/yihao-server.ts'],
  ['src/acd', 'src/counting', 'src/order-rules'],
  ['src/store'],
  [
    'src/calls',
    'src/callers',
    'src/seats',
    'src/people',
    'src/hotline',
    'src/leading',
    'src/floor',
    'src/figures',
    'src/staffing',
    'src/orders',
    'src/order-rates',
    'src/messages',
  ],
  ['src/http', 'src/realtime', 'telephony'],
  ['src/app'],
  ['src/app.ts'],
  ['src/main.ts'],
];

/** The exchange's side knows of us only what it has to. */
const telephonySees = [
  'src/kit',
  'src/events.ts',
  'src/calls/ports.ts',
  'src/calls/alone.ts',
  'config',
  'telephony',
];

/** The console takes types from the server's contracts, and nothing that runs … */
const contracts = /^(src\/realtime\/protocol\.ts|src\/[^/]+\/schema\.ts|config\/hotline\.ts)$/;
/** … but for the list of endings with their texts. */
const sharedTexts = 'src/ending.ts';

/** What a source may not import, in words. */
export function brokenFloors(source: Source): string[] {
  return importsOf(source).flatMap(({ from, typesOnly, at }) => {
    if (!from.startsWith('.')) return [];
    const target = join(source.path, '..', from);
    const why = source.path.startsWith('web/')
      ? whyNotInConsole(target, typesOnly)
      : whyNot(source.path, target);
    return why === null ? [] : [`${source.path}:${source.lineOf(at)} ${why} (${target})`];
  });
}

function whyNotInConsole(target: string, typesOnly: boolean): string | null {
  if (target.startsWith('web/') || target === sharedTexts) return null;
  if (!contracts.test(target)) return 'looks into the server behind its contracts';
  return typesOnly ? null : 'takes more than types from the server';
}

function whyNot(path: string, target: string): string | null {
  const own = roomOf(path);
  const other = roomOf(target);
  if (own === null) return `stands on no floor: add it to the list`;
  if (other === null) return 'looks outside the house';
  if (own.room === other.room) return null;
  if (own.room === 'telephony' && !telephonySees.some((seen) => isBelow(target, seen))) {
    return 'knows more of the house than its ports';
  }
  return other.floor < own.floor ? null : 'does not look down';
}

function roomOf(path: string): { room: string; floor: number } | null {
  for (const [floor, rooms] of floors.entries()) {
    const room = rooms.find((name) => isBelow(path, name));
    if (room !== undefined) return { room, floor };
  }
  return null;
}

function isBelow(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}
