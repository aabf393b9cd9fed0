import { useEffect, useRef, useState } from 'react';

/** A drag begins once the pointer has gone this far, CSS pixels. */
const startPx = 6;

export interface Drag {
  seatIds: readonly string[];
  /** The area below the pointer; null beside all. */
  over: string | null;
}

const areaAt = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-queue]')?.dataset['queue'] ?? null;

/**
 * Carrying seats with a mouse or pen. A finger is left alone: it scrolls and taps, and moves seats
 * by the open seat's button.
 * @param onDrop called with the area the seats were let go over
 */
export function useDrag(onDrop: (seatIds: readonly string[], queueId: string) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  /** Call on pointerdown on a tile with the seats that would go along. */
  function begin(event: React.PointerEvent, seatIds: () => readonly string[]): void {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const { clientX, clientY } = event;
    let carried: readonly string[] | null = null;
    const move = ({ clientX: x, clientY: y }: PointerEvent) => {
      if (!carried && Math.hypot(x - clientX, y - clientY) < startPx) return;
      carried ??= seatIds();
      const seats = carried;
      const over = areaAt(x, y);
      setDrag((old) => (old?.over === over ? old : { seatIds: seats, over }));
      ghost.current?.style.setProperty('translate', `${x + 12}px ${y + 8}px`);
    };
    const end = (drop: boolean) => (ending: Event) => {
      stop.current?.();
      const at = ending instanceof PointerEvent ? areaAt(ending.clientX, ending.clientY) : null;
      if (drop && carried && at !== null && at !== '') onDrop(carried, at);
    };
    const up = end(true);
    const cancel = end(false);
    const escape = (key: KeyboardEvent) => {
      if (key.key === 'Escape') cancel(key);
    };
    const swallow = (click: MouseEvent) => {
      if (carried) click.stopPropagation();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('keydown', escape, true);
    // The click that follows a drop opens nothing.
    window.addEventListener('click', swallow, { capture: true });
    stop.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('keydown', escape, true);
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      stop.current = null;
      setDrag(null);
    };
  }

  return { drag, ghost, begin };
}
