import { type RefObject, useState } from 'react';
import { type FloorLayout, isArrow, nextSpot, type Spot } from './layout.ts';
import { rangeOf, type Standing } from './standing.ts';
import { type Drag, useDrag } from './use-drag.ts';

/** The seat whose card is shown: only looked at, or open with its actions. */
export interface ShownSeat {
  seatId: string;
  isOpen: boolean;
}

interface Hand {
  map: RefObject<HTMLElement | null>;
  areas: readonly Standing[];
  layout: FloorLayout;
  spots: readonly Spot[];
  selected: ReadonlySet<string>;
  /** The seat whose card is open from the start. */
  opened?: string | undefined;
  onSelect: (seatIds: ReadonlySet<string>) => void;
  onAsk: (seatIds: readonly string[]) => void;
  onMove: (seatIds: readonly string[], queueId: string) => void;
  onListen: (seatId: string) => void;
}

const seatAt = (target: EventTarget): string | undefined =>
  target instanceof Element
    ? target.closest<HTMLElement>('[data-seat]')?.dataset['seat']
    : undefined;

/** What mouse and keys do on the map. Tiles hear nothing themselves: there may be hundreds. */
export function useMapHand(hand: Hand) {
  const { map, areas, selected, onSelect } = hand;
  const [current, setCurrent] = useState<string | null>(null);
  const [shown, setShown] = useState<ShownSeat | null>(
    hand.opened === undefined ? null : { seatId: hand.opened, isOpen: true },
  );
  const { drag, ghost, begin } = useDrag((seatIds, queueId) => {
    onSelect(new Set());
    hand.onMove(seatIds, queueId);
  });
  const together = (seatId: string) => (selected.has(seatId) ? [...selected] : [seatId]);
  const exists = hand.spots.some(({ seatId }) => seatId === current);
  const tabStop = exists ? current : (hand.spots[0]?.seatId ?? null);
  const focus = (seatId: string) => {
    setCurrent(seatId);
    map.current?.querySelector<HTMLElement>(`[data-seat="${CSS.escape(seatId)}"]`)?.focus();
  };
  const toggle = (seatId: string) => {
    const next = new Set(selected);
    if (!next.delete(seatId)) next.add(seatId);
    onSelect(next);
  };
  const ask = (seatId: string) => {
    setShown(null);
    hand.onAsk(together(seatId));
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    const seatId = seatAt(event.target);
    const { key } = event;
    if (seatId === undefined || event.altKey || event.metaKey) return;
    if (isArrow(key)) {
      const next = nextSpot(hand.spots, seatId, key);
      if (event.shiftKey) onSelect(new Set([...selected, seatId, next]));
      focus(next);
      setShown({ seatId: next, isOpen: false });
    } else if (key === ' ') toggle(seatId);
    else if (key === 'Enter') setShown({ seatId, isOpen: true });
    else if (key.toLowerCase() === 'm' && !event.ctrlKey) ask(seatId);
    else if (key.toLowerCase() === 'l' && !event.ctrlKey) hand.onListen(seatId);
    else if (key === 'Escape' && shown) setShown(null);
    else if (key === 'Escape') onSelect(new Set());
    else return;
    event.preventDefault();
  }

  function onClick(event: React.MouseEvent): void {
    const seatId = seatAt(event.target);
    if (seatId === undefined) return setShown(null);
    if (event.shiftKey && tabStop !== null) {
      onSelect(new Set([...selected, ...rangeOf(areas, tabStop, seatId)]));
    } else if (event.ctrlKey || event.metaKey) toggle(seatId);
    else setShown({ seatId, isOpen: true });
    setCurrent(seatId);
  }

  const peek = (target: EventTarget) => {
    const seatId = seatAt(target);
    if (shown?.isOpen || drag) return;
    if (seatId === undefined) setShown(null);
    else if (seatId !== shown?.seatId) setShown({ seatId, isOpen: false });
  };
  const pick = (event: React.PointerEvent) => {
    const seatId = seatAt(event.target);
    if (seatId === undefined || event.ctrlKey || event.shiftKey || event.metaKey) return;
    begin(event, () => {
      setShown(null);
      return together(seatId);
    });
  };
  return {
    drag: drag satisfies Drag | null,
    ghost,
    tabStop,
    shown,
    ask,
    close() {
      if (shown?.isOpen) focus(shown.seatId);
      setShown(null);
    },
    handlers: {
      onKeyDown,
      onClick,
      onPointerDown: pick,
      onPointerOver: (event: React.PointerEvent) => {
        if (event.pointerType !== 'touch') peek(event.target);
      },
      onPointerLeave: () => {
        if (shown && !shown.isOpen) setShown(null);
      },
    },
  };
}
