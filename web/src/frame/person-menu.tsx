import Dropdown from 'antd/es/dropdown';
import { useState } from 'react';
import { remove } from '../net/api.ts';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { queryClient, useMe } from '../net/queries.ts';
import { typedBelongsTo } from '../net/typed.ts';
import { Icon } from '../parts/icons.tsx';
import { useTry } from '../parts/said.tsx';
import { usePhone } from '../phone/phone-store.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { DeviceChoice } from './device-choice.tsx';
import { stripText } from './strip-text.ts';

/** Who I am, my headset, the other language, the way out. */
export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  const t = useWords(stripText);
  const me = useMe();
  const { lang, change } = useLanguage();
  const attempt = useTry();
  const desk = useDesk((s) => s.desk);
  const busy =
    usePhone((s) => s.inCall || s.ringing) || desk?.state === 'talking' || desk?.state === 'hold';
  const [choosing, setChoosing] = useState(false);
  const actions: Record<string, () => void> = {
    language: () => change(lang === 'zh' ? 'en' : 'zh'),
    keys: onKeys,
    devices: () => setChoosing(true),
    leave: () => attempt(() => deskDo('sign-out')),
    out: () =>
      attempt(async () => {
        await remove('/session');
        typedBelongsTo(localStorage, null);
        queryClient.setQueryData(['me'], null);
      }),
  };
  const items = [
    { key: 'language', label: t.switchLanguage },
    { key: 'keys', label: t.keys },
    ...(desk?.phone === 'browser' ? [{ key: 'devices', label: t.devices }] : []),
    { type: 'divider' as const },
    ...(desk ? [{ key: 'leave', label: t.signOut, disabled: busy }] : []),
    { key: 'out', label: t.logOut, disabled: busy },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => actions[key]?.() }}>
        <button type="button" className="plain strip-me" aria-label={t.me}>
          <Icon name="person" />
          <span>{me?.name}</span>
        </button>
      </Dropdown>
      {choosing && <DeviceChoice onClose={() => setChoosing(false)} />}
    </>
  );
}
