import { useLine } from '../net/socket.ts';
import { common } from '../text/common.ts';
import { clock } from '../text/format.ts';
import { useWords } from '../text/language.ts';
import './veil.css';

/** Live figures; under a grey veil with the time of the last one while the connection is down. */
export function Live({ lastAt, children }: { lastAt: number | null; children: React.ReactNode }) {
  const t = useWords(common);
  const down = useLine((s) => s.everConnected && !s.connected);
  return (
    <div className="live" data-down={down}>
      {children}
      {down && lastAt !== null && (
        <p className="live-note" role="status">
          {t.lastFigures(clock(lastAt))}
        </p>
      )}
    </div>
  );
}
