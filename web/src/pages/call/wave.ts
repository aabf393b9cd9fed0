import type { Peaks } from '../../../../src/calls/schema.ts';
import { ink, stateInk } from '../../theme.ts';

/** The loudest of the points that fall into each of `count` columns. */
function columnsOf(points: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * points.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * points.length) / count));
    return Math.max(0, ...points.slice(from, to));
  });
}

/** Draws both voices, played part strong, the rest pale, and the needle. */
export function drawWave(canvas: HTMLCanvasElement, peaks: Peaks, played: number): void {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(scale, scale);
  const count = Math.floor(width / 3);
  const middle = height / 2;
  const sides: [readonly number[], -1 | 1, string][] = [
    [peaks.left, -1, stateInk['wrap-up']],
    [peaks.right, 1, ink.accent],
  ];
  for (const [points, direction, colour] of sides) {
    context.fillStyle = colour;
    columnsOf(points, count).forEach((loud, at) => {
      const tall = Math.max(1, loud * (middle - 6));
      context.globalAlpha = at / count <= played ? 1 : 0.38;
      context.fillRect(at * 3, direction < 0 ? middle - 1 - tall : middle + 1, 2, tall);
    });
  }
  context.globalAlpha = 1;
  context.fillStyle = ink.line;
  context.fillRect(0, middle - 0.5, width, 1);
  context.fillStyle = ink.text;
  context.fillRect(Math.min(width - 1.5, played * width), 0, 1.5, height);
}
