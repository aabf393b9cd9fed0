import { create } from 'zustand';
import { Icon } from './icons.tsx';
import { StateMark } from './state-mark.tsx';
import './toasts.css';

interface Toast {
  id: string;
  tone: 'plain' | 'alert';
  text: string;
  action?: { label: string; run: () => void };
  /** How long it stays, milliseconds. */
  keepMs?: number;
}

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

function drop(id: string): void {
  useToasts.setState((s) => ({ toasts: s.toasts.filter((toast) => toast.id !== id) }));
}

/** Says something in the corner: plain words for 5 s, an alert until it is dealt with (60 s), or `keepMs`. */
export function toast(text: string, more: Partial<Omit<Toast, 'text'>> = {}): void {
  const one: Toast = { id: more.id ?? crypto.randomUUID(), tone: 'plain', text, ...more };
  useToasts.setState((s) => ({
    toasts: [...s.toasts.filter((old) => old.id !== one.id), one].slice(-4),
  }));
  setTimeout(() => drop(one.id), one.keepMs ?? (one.tone === 'alert' ? 60_000 : 5_000));
}

/** Quiet notes at the lower edge, never over a call's controls. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  const toasts = useToasts((s) => s.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((one) => (
        <div key={one.id} className={`toast toast-${one.tone}`}>
          {one.tone === 'alert' && <StateMark mark="alert" size={16} />}
          <span className="toast-text">{one.text}</span>
          {one.action && (
            <button
              type="button"
              className="plain toast-action"
              onClick={() => {
                drop(one.id);
                one.action?.run();
              }}
            >
              {one.action.label}
            </button>
          )}
          <button
            type="button"
            className="plain"
            aria-label={closeLabel}
            onClick={() => drop(one.id)}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
