import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useRef, useState } from 'react';
import type { Prompt } from '../../../../src/hotline/schema.ts';
import { formOf, get, put, remove } from '../../net/api.ts';
import { queryClient, useMay } from '../../net/queries.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { toast } from '../../parts/toasts.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { adminText } from './admin-text.ts';
import './admin.css';

type Language = keyof Prompt['languages'];
const languages: Language[] = ['zh', 'yue', 'en'];

/** What callers hear: listen, replace with a recording, or go back to the synthesised voice. */
export function PromptsPage() {
  const t = useWords(adminText);
  const prompts = useQuery({
    queryKey: ['prompts'],
    queryFn: () => get<{ rows: Prompt[] }>('/prompts').then((reply) => reply.rows),
  });
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState<string | null>(null);
  const listen = (path: string) => {
    const element = audio.current;
    if (!element) return;
    if (playing === path) return element.pause();
    element.src = path;
    setPlaying(path);
    void element.play().catch(() => setPlaying(null));
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.prompts}</h1>
        <span className="page-count">
          {t.promptsHelp} {t.uploadHelp}
        </span>
      </div>
      {/* Prompts are texts shown beside it. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={audio} onEnded={() => setPlaying(null)} onPause={() => setPlaying(null)} />
      {prompts.isError ? (
        <Failure error={prompts.error} retry={() => void prompts.refetch()} />
      ) : prompts.isPending ? (
        <Waiting rows={10} />
      ) : (
        <div className="card prompts" tabIndex={0} role="region" aria-label={t.prompts}>
          {prompts.data.map((prompt) => (
            <article key={prompt.id} className="prompt">
              <h2>{prompt.id}</h2>
              <div>
                {languages.map((language) => (
                  <PromptLine
                    key={language}
                    prompt={prompt}
                    language={language}
                    playing={playing}
                    onListen={listen}
                  />
                ))}
              </div>
            </article>
          ))}
        </div>
      )}
    </div>
  );
}

function PromptLine(props: {
  prompt: Prompt;
  language: Language;
  playing: string | null;
  onListen: (path: string) => void;
}) {
  const t = useWords(adminText);
  const c = useWords(common);
  const attempt = useTry();
  const mayChange = useMay('hotline.change');
  const { prompt, language } = props;
  const spoken = prompt.languages[language];
  const path = `/prompts/${language}/${prompt.id}`;
  const change = (action: () => Promise<unknown>, said: string) =>
    attempt(async () => {
      await action();
      await queryClient.invalidateQueries({ queryKey: ['prompts'] });
      toast(said);
    });
  const mark = { uploaded: 'talking', synthesised: 'ready', missing: 'alert' } as const;
  const source = `/api${path}/audio`;
  return (
    <div className="prompt-language">
      <span className="soft">{c.language[language]}</span>
      <span className="clip" title={prompt.texts?.[language]}>
        {prompt.texts?.[language] ?? <span className="faint">{t.noText}</span>}
      </span>
      <span className="soft num">
        <StateMark mark={mark[spoken.source]} size={12} /> {t[spoken.source]}{' '}
        {spoken.source !== 'missing' && spoken.seconds !== null && t.seconds(spoken.seconds)}
      </span>
      <span className="prompt-buttons">
        <Button
          size="small"
          disabled={spoken.source === 'missing'}
          icon={<Icon name={props.playing === source ? 'pause' : 'play'} size={13} />}
          onClick={() => props.onListen(source)}
        >
          {props.playing === source ? t.stop : t.listen}
        </Button>
        {mayChange && (
          <FileButton
            label={t.upload}
            size="small"
            accept=".wav,audio/wav"
            onFile={(file) => change(() => put(path, formOf(file)), t.uploadedDone)}
          />
        )}
        {mayChange && spoken.source === 'uploaded' && (
          <Button size="small" onClick={() => change(() => remove(path), t.restored)}>
            {t.backToSynthesis}
          </Button>
        )}
      </span>
    </div>
  );
}
