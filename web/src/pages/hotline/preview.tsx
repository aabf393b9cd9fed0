import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useState } from 'react';
import type { Hotline } from '../../../../config/hotline.ts';
import type { Preview } from '../../../../src/hotline/schema.ts';
import { post } from '../../net/api.ts';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { Differences } from './differences.tsx';
import { hotlineText } from './hotline-text.ts';

/** Shows what saving would change, and who is there now whom it touches. */
export function PreviewButton({ draft }: { draft: Hotline }) {
  const t = useWords(hotlineText);
  const attempt = useTry();
  const [preview, setPreview] = useState<Preview>();
  const look = () =>
    attempt(async () => setPreview(await post<Preview>('/hotline/preview', { hotline: draft })));
  return (
    <>
      <Button onClick={look}>{t.preview}</Button>
      <Modal
        open={preview !== undefined}
        title={t.previewTitle}
        width={760}
        footer={null}
        onCancel={() => setPreview(undefined)}
      >
        {preview && <PreviewBody preview={preview} />}
      </Modal>
    </>
  );
}

function PreviewBody({ preview }: { preview: Preview }) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  const { problems, differences, touched } = preview;
  return (
    <div className="preview">
      {problems.map(({ pointer, message }) => (
        <p key={`${pointer} ${message}`} className="tone-alert">
          <StateMark mark="alert" size={12} /> {pointer} {message}
        </p>
      ))}
      <Differences list={differences} />
      <h3>{t.touched}</h3>
      {touched.length === 0 && <p className="faint">{t.touchesNobody}</p>}
      <ul className="differences">
        {touched.map(({ queueId, name, kind, waiting, talking, seats }) => (
          <li key={queueId} data-kind={kind}>
            <span className="tag">{t.kinds[kind]}</span>
            <span className="difference-where">{name[lang]}</span>
            <span>
              {t.peopleNow(waiting, talking)}
              {kind === 'removed' && ` · ${t.goOnElsewhere}`}
              {seats.length > 0 && ` · ${t.seatsOf(seats.map((seat) => seat.seatName))}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
