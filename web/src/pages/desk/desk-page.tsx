import { useDesk } from '../../net/desk-store.ts';
import { Waiting } from '../../parts/blank.tsx';
import { MyDay } from './my-day.tsx';
import { NotePanel } from './note-panel.tsx';
import { PopPanel } from './pop-panel.tsx';
import { SeatChoicePage } from './seat-choice.tsx';
import { SidePanel } from './side-panel.tsx';
import './desk.css';

/** The agent's place: who calls on the left, the note in the middle, what is known on the right. */
export function DeskPage() {
  const { known, desk, pop } = useDesk();
  if (!known) return <Waiting />;
  if (!desk) return <SeatChoicePage />;
  return (
    <div className="desk" data-call={pop !== null}>
      <PopPanel desk={desk} pop={pop} />
      {pop ? <NotePanel key={pop.callId} desk={desk} pop={pop} /> : <MyDay />}
      <SidePanel desk={desk} pop={pop} />
    </div>
  );
}
