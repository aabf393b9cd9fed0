import Button from 'antd/es/button';
import type { Desk } from '../../../src/seats/schema.ts';
import { useDesk } from '../net/desk-store.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { common } from '../text/common.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import type { Mark } from '../theme.ts';
import { MonitorBand } from './monitor-band.tsx';
import { SelfServiceBand, SelfServiceResult } from './self-service-band.tsx';
import { talkText } from './talk-text.ts';
import { useFarewells } from './use-farewells.ts';
import { usePartyVerbs } from './use-party-verbs.ts';
import { useWhoAt } from './use-targets.ts';
import './band.css';

/** Below the strip, only when a call has more than two people: who they are, who hears whom, what next. */
export function PeopleBand() {
  const desk = useDesk((s) => s.desk);
  const held = useDesk((s) => s.held);
  useFarewells(desk);
  if (!desk || !held) return null;
  if (desk.monitoring) return <MonitorBand monitoring={desk.monitoring} />;
  if (desk.isGuest && desk.state !== 'ringing') return <GuestBand desk={desk} />;
  if (desk.selfService) return <SelfServiceBand at={desk.selfService} />;
  if (desk.party) return <PartyBand desk={desk} party={desk.party} />;
  if (desk.monitored) return <MonitoredBand mode={desk.monitored} />;
  if (desk.selfServiceResult) return <SelfServiceResult result={desk.selfServiceResult} />;
  return null;
}

/** What somebody in the call is called: a seat with its agent, an emergency service, a number. */
function usePartyName(party: NonNullable<Desk['party']>): string {
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  const atSeat = useWhoAt(party.seatId);
  const service = names.hotline?.emergency.find(({ number }) => number === party.number);
  if (party.seatId !== null) return atSeat;
  return service ? `${service.number} ${service.name[lang]}` : (party.number ?? '');
}

function PartyBand({ desk, party }: { desk: Desk; party: NonNullable<Desk['party']> }) {
  const t = useWords(talkText);
  const c = useWords(common);
  const callerMasked = useDesk((s) => s.pop?.callerMasked);
  const who = usePartyName(party);
  const verbs = usePartyVerbs(desk);
  const isHeld = desk.state === 'hold';
  const said = party.isIn
    ? isHeld
      ? t.said.consulting
      : t.said.conference
    : isHeld
      ? t.said.callingOnHold
      : t.said.calling;
  return (
    <section className="band" data-tone={isHeld ? 'hold' : 'talking'} aria-label={t.people}>
      <Person mark={isHeld ? 'hold' : 'talking'} name={`${t.caller} ${callerMasked || c.withheld}`}>
        {isHeld ? t.callerOn.music : t.callerOn.talking}
      </Person>
      <Person mark={party.isIn ? 'talking' : 'ringing'} name={who}>
        {party.isIn ? t.isIn : t.calling}
      </Person>
      <p className="band-said" role="status">
        {said}
      </p>
      {desk.monitored && <MonitoredChip mode={desk.monitored} />}
      <div className="band-acts">
        {verbs.handOver && (
          <Button type="primary" onClick={verbs.handOver}>
            {t.handOver} <kbd>F7</kbd>
          </Button>
        )}
        {verbs.threeWay && (
          <Button onClick={verbs.threeWay}>
            {t.threeWay} <kbd>F10</kbd>
          </Button>
        )}
        <Button onClick={verbs.dismiss}>
          {party.isIn ? (isHeld ? t.backToCaller : t.sendAway) : t.stopCalling} <kbd>F6</kbd>
        </Button>
      </div>
    </section>
  );
}

function Person(props: { mark: Mark; name: string; children: React.ReactNode }) {
  return (
    <span className="band-person">
      <StateMark mark={props.mark} size={12} />
      <b className="num">{props.name}</b>
      <span className="soft">{props.children}</span>
    </span>
  );
}

function GuestBand({ desk }: { desk: Desk }) {
  const t = useWords(talkText);
  const host = useWhoAt(desk.hostSeatId ?? null);
  const { leave } = usePartyVerbs(desk);
  return (
    <section className="band" data-tone="talking" aria-label={t.people}>
      <p className="band-said" role="status">
        {t.said.guest(host)}
      </p>
      <div className="band-acts">
        <Button onClick={leave}>
          {t.leave} <kbd>F8</kbd>
        </Button>
      </div>
    </section>
  );
}

type Mode = NonNullable<Desk['monitored']>;

function MonitoredBand({ mode }: { mode: Mode }) {
  const t = useWords(talkText);
  return (
    <section className="band" aria-label={t.people}>
      <MonitoredChip mode={mode} />
    </section>
  );
}

function MonitoredChip({ mode }: { mode: Mode }) {
  const t = useWords(talkText);
  return (
    <span className="band-monitored" role="status">
      {t.said.monitored[mode]}
    </span>
  );
}
