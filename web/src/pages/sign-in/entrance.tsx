import { common } from '../../text/common.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { signInText } from './text.ts';
import './entrance.css';

/** The page in front of everything: the number on the left, a form on the right. */
export function Entrance({ children }: { children: React.ReactNode }) {
  const c = useWords(common);
  const t = useWords(signInText);
  const { lang, change } = useLanguage();
  return (
    <main className="entrance">
      <section className="entrance-face">
        <header>
          <img src="/seal.svg" alt="" width="36" height="36" />
          <b>{c.product}</b>
        </header>
        <div>
          <p className="entrance-number" aria-hidden="true">
            12345
          </p>
          <p className="entrance-name">{c.hotline}</p>
          <p className="entrance-motto">{t.motto}</p>
        </div>
        <Voice />
      </section>
      <section className="entrance-form">
        {children}
        <button
          type="button"
          className="plain entrance-language"
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => change(lang === 'zh' ? 'en' : 'zh')}
        >
          {t.other}
        </button>
      </section>
    </main>
  );
}

/** A voice as hairlines: the one drawing of the page. */
function Voice() {
  const bars = Array.from({ length: 96 }, (_, at) => {
    const envelope = Math.exp(-(((at - 34) / 16) ** 2)) + 0.7 * Math.exp(-(((at - 72) / 9) ** 2));
    return 2 + 44 * envelope * Math.abs(Math.sin(at * 1.7) * 0.6 + Math.sin(at * 0.61) * 0.4);
  });
  return (
    <svg
      className="entrance-voice"
      viewBox="0 0 576 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((half, at) => (
        <line key={at} x1={at * 6 + 3} x2={at * 6 + 3} y1={50 - half} y2={50 + half} />
      ))}
    </svg>
  );
}
