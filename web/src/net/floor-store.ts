import { useEffect } from 'react';
import { create } from 'zustand';
import type { Floor } from '../../../src/floor/schema.ts';
import type { Alert } from '../../../src/realtime/protocol.ts';
import { mergeFloor } from './merge-floor.ts';
import { learnServerTime } from './server-time.ts';
import { type ConsoleSocket, openSocket } from './socket.ts';

interface FloorState {
  floor: Floor | null;
  /** The server refused: the code why. */
  refused: string | null;
  /** Latest first; kept while the tab lives. */
  alerts: Alert[];
}

export const useFloorStore = create<FloorState>(() => ({ floor: null, refused: null, alerts: [] }));

let watchers = 0;

function watch(socket: ConsoleSocket): void {
  socket.emit('watchFloor', (answer) => {
    if (!answer.ok) return useFloorStore.setState({ refused: answer.code });
    learnServerTime(answer.state.now);
    useFloorStore.setState({ floor: answer.state, refused: null });
  });
}

/** Keeps the floor up to date while the caller is on screen. */
export function useFloor(wanted = true): Floor | null {
  useEffect(() => {
    if (!wanted) return;
    const socket = openSocket();
    watchers += 1;
    if (watchers === 1 && socket.connected) watch(socket);
    return () => {
      watchers -= 1;
      if (watchers === 0) socket.emit('unwatchFloor');
    };
  }, [wanted]);
  return useFloorStore((s) => s.floor);
}

/** Listens for floor news on a fresh connection. */
export function attachFloor(socket: ConsoleSocket): void {
  socket.on('connect', () => {
    if (watchers > 0) watch(socket);
  });
  socket.on('floor', (change) => {
    const { floor } = useFloorStore.getState();
    if (!floor) return;
    const merged = mergeFloor(floor, change);
    if (!merged) return watch(socket);
    learnServerTime(change.now);
    useFloorStore.setState({ floor: merged });
  });
  socket.on('alert', (alert) => {
    useFloorStore.setState((s) => ({
      alerts: [alert, ...s.alerts.filter((old) => old.id !== alert.id)].slice(0, 50),
    }));
  });
}
