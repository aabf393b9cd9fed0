/** Which rows of a long list are on screen, with a few beyond either edge. */
export function rowWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
): { first: number; last: number } {
  const beyond = 8;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
  const last = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + beyond);
  return { first: Math.min(first, last), last };
}

/** Where the list must stand so that the chosen row is in sight. */
export function scrollFor(
  at: number,
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
): number {
  const top = at * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewHeight) return top + rowHeight - viewHeight;
  return scrollTop;
}
