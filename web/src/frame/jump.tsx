import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useMe } from '../net/queries.ts';
import type { IconName } from '../parts/icon-paths.ts';
import { Icon } from '../parts/icons.tsx';
import { useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { words } from '../text/words.ts';
import { FindList } from './find-list.tsx';
import { Overlay } from './overlay.tsx';
import { placeNames, placesFor } from './places.ts';

const text = words(
  {
    title: '搜索与跳转',
    hint: '去哪里？输入页面、队列，或来电号码后四位',
    callsOf: (digits: string) => `号码含 ${digits} 的通话`,
    queueCalls: '该队列的通话',
    page: '页面',
    nothing: '没有匹配项',
  },
  {
    title: 'Search and jump',
    hint: 'Where to? A page, a queue, or the last four digits of a caller',
    callsOf: (digits: string) => `Calls from …${digits}`,
    queueCalls: 'calls of this queue',
    page: 'page',
    nothing: 'Nothing matches',
  },
);

interface Target {
  id: string;
  icon: IconName;
  label: string;
  kind: string;
  go: () => void;
}

function useTargets(typed: string): Target[] {
  const t = useWords(text);
  const placeText = useWords(placeNames);
  const names = useNames();
  const navigate = useNavigate();
  const me = useMe();
  const mayReadCalls = useMay('calls.read-all', 'calls.read-own');
  const wanted = typed.trim().toLowerCase();
  const targets: Target[] = placesFor(me?.permissions ?? []).map((place) => ({
    id: place.key,
    icon: place.icon,
    label: placeText[place.key],
    kind: t.page,
    go: () => void navigate({ to: place.path }),
  }));
  if (mayReadCalls) {
    for (const queue of names.hotline?.queues ?? []) {
      targets.push({
        id: `queue-${queue.id}`,
        icon: 'calls',
        label: `${queue.code} ${names.queue(queue.id)}`,
        kind: t.queueCalls,
        go: () => void navigate({ to: '/calls', search: { queue: queue.id } }),
      });
    }
  }
  const found = targets.filter((target) => target.label.toLowerCase().includes(wanted));
  if (mayReadCalls && /^\d{4,20}$/.test(wanted)) {
    found.unshift({
      id: 'caller',
      icon: 'search',
      label: t.callsOf(wanted),
      kind: '',
      go: () => void navigate({ to: '/calls', search: { caller: wanted } }),
    });
  }
  return found;
}

/** Ctrl+K: type a few characters, Enter goes there. */
export function Jump({ onClose }: { onClose: () => void }) {
  const t = useWords(text);
  const [typed, setTyped] = useState('');
  const targets = useTargets(typed);
  return (
    <Overlay label={t.title} onClose={onClose}>
      <FindList
        label={t.title}
        hint={t.hint}
        nothing={t.nothing}
        typed={typed}
        onType={setTyped}
        found={targets}
        onTake={(target) => {
          onClose();
          target.go();
        }}
      >
        {({ icon, label, kind }) => (
          <>
            <Icon name={icon} />
            {label}
            <small>{kind}</small>
          </>
        )}
      </FindList>
    </Overlay>
  );
}
