import { useEffect, useId, useRef, useState } from 'react';
import { rowWindow, scrollFor } from './row-window.ts';
import { useNarrow } from './use-narrow.ts';
import './row-list.css';

export interface Column<T> {
  key: string;
  head: string;
  /** A CSS grid track, e.g. `96px` or `minmax(0, 1fr)`. */
  width: string;
  cell: (row: T) => React.ReactNode;
  align?: 'right';
  /** Left out on a phone. */
  wide?: boolean;
}

const headHeight = 36;

interface RowListProps<T> {
  label: string;
  rows: readonly T[];
  /** All rows there are, when only a part is loaded yet. */
  total?: number;
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  onOpen?: (row: T) => void;
  /** The reader comes near the end of what is loaded. */
  onNearEnd?: () => void;
  rowHeight?: number;
}

/** A long list: only the rows on screen exist; up, down, Enter work without a mouse. */
export function RowList<T>(props: RowListProps<T>) {
  const { rows, rowHeight = 40 } = props;
  const listId = useId();
  const body = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const [scrollTop, setScrollTop] = useState(0);
  const [viewHeight, setViewHeight] = useState(600);
  const [chosen, setChosen] = useState(-1);
  const columns = props.columns.filter((column) => !narrow || !column.wide);
  const tracks = columns.map((column) => column.width).join(' ');
  const count = Math.max(rows.length, props.total ?? 0);
  const { first, last } = rowWindow(scrollTop, viewHeight, rowHeight, count);

  useEffect(() => {
    const element = body.current;
    if (!element) return;
    // Arrow keys work at once, unless somebody is typing already.
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
    const observer = new ResizeObserver(() => setViewHeight(element.clientHeight - headHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { onNearEnd } = props;
  const nearEnd = last >= rows.length && rows.length < count;
  useEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, onNearEnd]);

  const move = (to: number) => {
    const at = Math.max(0, Math.min(to, rows.length - 1));
    setChosen(at);
    const element = body.current;
    if (element) element.scrollTop = scrollFor(at, element.scrollTop, viewHeight, rowHeight);
  };
  const onKey = (event: React.KeyboardEvent) => {
    const page = Math.floor(viewHeight / rowHeight);
    const to: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen - 1,
      PageDown: chosen + page,
      PageUp: chosen - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = to[event.key];
    const row = rows[chosen];
    if (target !== undefined) move(target);
    else if (event.key === 'Enter' && row !== undefined && event.target === event.currentTarget)
      props.onOpen?.(row);
    else return;
    event.preventDefault();
  };
  const shown = [];
  for (let at = first; at < last; at += 1) {
    const row = rows[at];
    shown.push(
      <Row
        key={row === undefined ? at : props.rowKey(row)}
        id={`${listId}-${at}`}
        at={at}
        row={row}
        columns={columns}
        chosen={at === chosen}
        height={rowHeight}
        onOpen={props.onOpen}
      />,
    );
  }
  return (
    <div
      ref={body}
      className="rows card"
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-activedescendant={chosen >= first && chosen < last ? `${listId}-${chosen}` : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      style={{ '--tracks': tracks } as React.CSSProperties}
    >
      <div role="rowgroup" className="rows-top">
        <div className="rows-head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" data-align={column.align}>
              {column.head}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        <div role="presentation" style={{ height: first * rowHeight }} />
        {shown}
        <div role="presentation" style={{ height: (count - last) * rowHeight }} />
      </div>
    </div>
  );
}

function Row<T>(props: {
  id: string;
  at: number;
  row: T | undefined;
  columns: readonly Column<T>[];
  chosen: boolean;
  height: number;
  onOpen: ((row: T) => void) | undefined;
}) {
  const { row } = props;
  return (
    <div
      id={props.id}
      className="rows-row"
      role="row"
      aria-rowindex={props.at + 2}
      aria-selected={props.chosen}
      data-opens={props.onOpen !== undefined}
      style={{ height: props.height }}
      onClick={() => row !== undefined && props.onOpen?.(row)}
    >
      {props.columns.map((column) => (
        <span key={column.key} role="gridcell" className="clip" data-align={column.align}>
          {row === undefined ? <i className="rows-absent" /> : column.cell(row)}
        </span>
      ))}
    </div>
  );
}
