/**
 * Who looks, and when, across the whole page: a photograph of the screen names its photographer. Drawn
 * as an image so that it costs nothing to scroll; screen readers pass over it.
 */
export function Watermark({ text }: { text: string }) {
  const escaped = text.replaceAll(/[<>&"']/g, '');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160"><text x="20" y="120" transform="rotate(-20 20 120)" font-size="14" fill="#18212E" fill-opacity="0.055" font-family="sans-serif">${escaped}</text></svg>`;
  const image = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
  return <div className="watermark" style={{ backgroundImage: image }} aria-hidden="true" />;
}
