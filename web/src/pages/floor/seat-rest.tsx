import Button from 'antd/es/button';
import { useRests } from '../../net/leading.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';
import { useDecide } from '../shift/use-decide.ts';

/** The rest asked for at this seat, decided on the spot. */
export function SeatRest({ seatId }: { seatId: string }) {
  const t = useWords(leadingText);
  const names = useNames();
  const decide = useDecide();
  const rest = useRests().data?.open.find((one) => one.seatId === seatId);
  if (rest?.state !== 'asked') return null;
  return (
    <div className="seat-rest">
      <StateMark mark="rest" size={12} />
      <span>{t.asksRest(names.reason(rest.reason))}</span>
      <Button size="small" type="primary" onClick={() => decide([rest.id], true)}>
        {t.approve}
      </Button>
      <Button size="small" onClick={() => decide([rest.id], false)}>
        {t.refuse}
      </Button>
    </div>
  );
}
