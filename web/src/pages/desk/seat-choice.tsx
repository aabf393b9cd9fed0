import { useQuery } from '@tanstack/react-query';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { SeatChoice } from '../../../../src/seats/schema.ts';
import { get } from '../../net/api.ts';
import { deskDo } from '../../net/desk-store.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { askForMicrophone } from '../../phone/microphone.ts';
import { usePhone } from '../../phone/phone-store.ts';
import { useWords } from '../../text/language.ts';
import { deskText } from './desk-text.ts';

/** Which seat today? A browser seat asks for the microphone first, so that no call meets silence. */
export function SeatChoicePage() {
  const t = useWords(deskText);
  const attempt = useTry();
  const [wanted, setWanted] = useState('');
  const microphone = usePhone((s) => s.microphone);
  const seats = useQuery({
    queryKey: ['desk-seats'],
    refetchInterval: 10_000,
    queryFn: () => get<{ rows: SeatChoice[] }>('/desk/seats').then((reply) => reply.rows),
  });
  const sit = async (seat: SeatChoice) => {
    if (seat.phone === 'browser') {
      usePhone.setState({ microphone: 'asking' });
      const answer = await askForMicrophone();
      usePhone.setState({ microphone: answer });
      if (answer !== 'granted') return;
    }
    await deskDo('sign-in', { seatId: seat.id });
  };
  if (seats.isError) return <Failure error={seats.error} retry={() => void seats.refetch()} />;
  if (!seats.data) return <Waiting />;
  const found = seats.data
    .filter((seat) => `${seat.id} ${seat.name}`.includes(wanted.trim()))
    .toSorted((a, b) => Number(a.takenBy !== null) - Number(b.takenBy !== null));
  const refused = microphone === 'denied' || microphone === 'none' || microphone === 'insecure';
  return (
    <div className="page seat-choice">
      <div className="page-head">
        <h1>{t.chooseTitle}</h1>
        <span className="page-count">{t.chooseHelp}</span>
        <div className="page-actions">
          <Input
            allowClear
            autoFocus
            aria-label={t.filter}
            placeholder={t.filter}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            onPressEnter={() => {
              const only = found.filter((seat) => seat.takenBy === null)[0];
              if (only) attempt(() => sit(only));
            }}
          />
        </div>
      </div>
      <p className={refused ? 'seat-microphone seat-refused' : 'seat-microphone'} role="status">
        <StateMark mark={refused ? 'alert' : microphone === 'granted' ? 'ready' : 'offline'} />
        {t.microphone[microphone]}
      </p>
      {found.length === 0 ? (
        <Blank title={t.noSeats} help={t.noSeatsHelp} />
      ) : (
        <ul className="seat-grid">
          {found.map((seat) => (
            <SeatTile key={seat.id} seat={seat} onSit={() => attempt(() => sit(seat))} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SeatTile({ seat, onSit }: { seat: SeatChoice; onSit: () => void }) {
  const t = useWords(deskText);
  const deaf = seat.phone === 'sip' && !seat.reachable;
  const said = seat.takenBy === null ? (deaf ? t.unreachable : t.free) : t.takenBy(seat.takenBy);
  return (
    <li>
      <button
        type="button"
        className="plain seat-offer"
        disabled={seat.takenBy !== null}
        onClick={onSit}
      >
        <span className="seat-number num">{seat.id}</span>
        <span className="clip">{seat.name}</span>
        <span className="seat-phone">{t[`${seat.phone}Phone`]}</span>
        <span className="seat-said">
          <StateMark
            mark={seat.takenBy !== null ? 'offline' : deaf ? 'alert' : 'ready'}
            size={12}
          />
          {said}
        </span>
      </button>
    </li>
  );
}
