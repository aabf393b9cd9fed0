import { useQuery } from '@tanstack/react-query';
import { get } from '../../net/api.ts';
import { clock } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { callText } from './call-text.ts';

interface Reason {
  at: number;
  zh: string;
  en: string;
}

/** Why the call went where it went, in the server's own sentences. */
export function WhyCard({ callId, ended }: { callId: string; ended: boolean }) {
  const t = useWords(callText);
  const lang = useLanguage((s) => s.lang);
  const why = useQuery({
    queryKey: ['why', callId, ended],
    queryFn: () =>
      get<{ reasons: Reason[] }>(`/calls/${encodeURIComponent(callId)}/why`).then(
        (reply) => reply.reasons,
      ),
  });
  if (!why.data || why.data.length === 0) return null;
  return (
    <section className="card call-card">
      <h2>{t.why}</h2>
      <ol className="call-why">
        {why.data.map((reason, at) => (
          <li key={at}>
            <span className="num faint">{clock(reason.at)}</span>
            <span>{reason[lang]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
