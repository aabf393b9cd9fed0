import type { Mark } from '../theme.ts';
import './state-mark.css';

const shapes: Record<Mark, React.ReactNode> = {
  ready: <circle cx="8" cy="8" r="6" />,
  ringing: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="2.8" />
    </>
  ),
  talking: <path d="M4 2.6 13.4 8 4 13.4Z" strokeLinejoin="round" />,
  hold: <path d="M4 2.5h3v11H4zM9.4 2.5h3v11h-3z" />,
  'wrap-up': (
    <>
      <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 2.2a5.8 5.8 0 0 0 0 11.6Z" />
    </>
  ),
  'not-ready': <rect x="2.8" y="2.8" width="10.4" height="10.4" rx="1" />,
  rest: (
    <>
      <path d="M2.5 6h8v4.5a3 3 0 0 1-3 3h-2a3 3 0 0 1-3-3Z" />
      <path
        d="M10.5 7.2h1a1.9 1.9 0 0 1 0 3.8h-1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      />
      <path d="M5 4.2V2.4M8 4.2V2.4" stroke="currentColor" strokeWidth="1.3" />
    </>
  ),
  offline: <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  alert: <path d="M8 2 14.4 13.4H1.6Z" />,
};

/** State as colour and shape, so it can be read without colour. */
export function StateMark({ mark, size = 14 }: { mark: Mark; size?: number }) {
  return (
    <svg
      className={`state-mark s-${mark}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="currentColor"
      aria-hidden="true"
    >
      {shapes[mark]}
    </svg>
  );
}
