import Button from 'antd/es/button';
import { Problem, textOf } from '../net/api.ts';
import { common } from '../text/common.ts';
import { useLanguage, useWords } from '../text/language.ts';
import './blank.css';

/** A designed emptiness: what it means and what to do next. */
export function Blank(props: {
  title: string;
  help?: string | undefined;
  tone?: 'plain' | 'alert';
  children?: React.ReactNode;
}) {
  return (
    <div className={`blank blank-${props.tone ?? 'plain'}`}>
      <svg width="56" height="24" viewBox="0 0 56 24" fill="none" aria-hidden="true">
        <path
          d="M1 12h14l4-8 6 16 5-12 3 4h22"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <p className="blank-title">{props.title}</p>
      {props.help && <p className="blank-help">{props.help}</p>}
      {props.children}
    </div>
  );
}

/** What to show for a failed question: offline, not permitted, not there, or in the server's words. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords(common);
  const lang = useLanguage((s) => s.lang);
  const status = error instanceof Problem ? error.status : -1;
  if (status === 403) return <Blank title={t.noPermission} help={t.noPermissionHelp} />;
  if (status === 404) return <Blank title={t.notFound} help={t.notFoundHelp} />;
  return (
    <Blank
      tone="alert"
      title={status === 0 ? t.offline : t.failed}
      help={status === 0 ? t.offlineHelp : textOf(error, lang)}
    >
      {retry && <Button onClick={retry}>{t.retry}</Button>}
    </Blank>
  );
}

/** Lines where rows will be. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = useWords(common);
  return (
    <div className="waiting" role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, at) => (
        <span key={at} style={{ width: `${92 - ((at * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
