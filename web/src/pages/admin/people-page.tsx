import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { PersonView } from '../../../../src/people/schema.ts';
import { get } from '../../net/api.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { shortClock } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { adminText } from './admin-text.ts';
import { PersonDrawer } from './person-drawer.tsx';
import './admin.css';

/** Accounts: who they are, what they may do, and whether they can get in. */
export function PeoplePage() {
  const t = useWords(adminText);
  const navigate = useNavigate();
  const { open } = useSearch({ from: '/frame/people' });
  const mayChange = useMay('people.change');
  const [wanted, setWanted] = useState('');
  const people = useQuery({
    queryKey: ['people'],
    queryFn: () => get<{ rows: PersonView[] }>('/people').then((reply) => reply.rows),
  });
  const columns = useColumns();
  const goTo = (id: string | undefined) =>
    void navigate({ to: '/people', search: id === undefined ? {} : { open: id }, replace: true });
  const rows = (people.data ?? []).filter((person) =>
    `${person.name} ${person.staffNo} ${person.login} ${person.team}`.includes(wanted.trim()),
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.people}</h1>
        {people.data && <span className="page-count num">{t.peopleCount(rows.length)}</span>}
        <div className="page-actions">
          <Input
            allowClear
            className="find"
            aria-label={t.findPerson}
            placeholder={t.findPerson}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          {mayChange && (
            <Button type="primary" onClick={() => goTo('new')}>
              {t.newPerson}
            </Button>
          )}
        </div>
      </div>
      {people.isError ? (
        <Failure error={people.error} retry={() => void people.refetch()} />
      ) : people.isPending ? (
        <Waiting rows={10} />
      ) : rows.length === 0 ? (
        <Blank title={t.noPeople} />
      ) : (
        <RowList
          label={t.people}
          rows={rows}
          columns={columns}
          rowKey={(person) => person.id}
          onOpen={(person) => goTo(person.id)}
        />
      )}
      {open !== undefined && people.data && (
        <PersonDrawer
          key={open}
          person={people.data.find((person) => person.id === open)}
          onClose={() => goTo(undefined)}
        />
      )}
    </div>
  );
}

function useColumns(): Column<PersonView>[] {
  const t = useWords(adminText);
  const c = useWords(common);
  return [
    {
      key: 'no',
      head: t.staffNo,
      width: '80px',
      wide: true,
      cell: (p) => <span className="num">{p.staffNo}</span>,
    },
    { key: 'name', head: t.name, width: 'minmax(80px, .7fr)', cell: (p) => <b>{p.name}</b> },
    { key: 'login', head: t.login, width: 'minmax(0, .8fr)', cell: (p) => p.login },
    { key: 'team', head: t.team, width: 'minmax(0, .6fr)', wide: true, cell: (p) => p.team },
    {
      key: 'roles',
      head: t.roles,
      width: 'minmax(0, 1.6fr)',
      wide: true,
      cell: (p) => p.roles.map((role) => c.role[role]).join('、'),
    },
    {
      key: 'state',
      head: t.state,
      width: 'minmax(96px, 1fr)',
      cell: (p) => <PersonState person={p} />,
    },
  ];
}

function PersonState({ person }: { person: PersonView }) {
  const t = useWords(adminText);
  const locked = person.lockedUntil !== null && person.lockedUntil > serverNow();
  if (person.disabled) {
    return (
      <span className="faint">
        <StateMark mark="offline" size={12} /> {t.disabled}
      </span>
    );
  }
  if (locked) {
    return (
      <span>
        <StateMark mark="alert" size={12} /> {t.locked(shortClock(person.lockedUntil ?? 0))}
      </span>
    );
  }
  return (
    <span className="soft">
      <StateMark mark={person.mustChangePassword ? 'wrap-up' : 'ready'} size={12} />{' '}
      {person.mustChangePassword ? t.mustChange : t.fine}
    </span>
  );
}
