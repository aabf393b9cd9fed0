import type { Phone } from '../../../src/seats/schema.ts';
import { post } from '../net/api.ts';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { knownMicrophone } from './microphone.ts';
import { usePhone } from './phone-store.ts';
import { keepReady, wasReadyJustNow } from './ready-again.ts';
import { RingTone } from './ring-tone.ts';
import type { Softphone } from './softphone.ts';

/** How long after the phone the desk may learn that a call is over. */
const CLAIM_AFTER_MS = 1_000;

/**
 * Owns the one phone of this tab. It lives beside the pages, so a call survives every navigation;
 * after a reload it fetches a new credential, registers and asks for its live call back, as it does
 * when the call was lost on the way.
 */
class PhoneKeeper {
  readonly #tone = new RingTone();
  #phone: Softphone | undefined;
  #seatId: string | undefined;
  #rejoining = false;
  /** The agent was faster than the ring: the screen knows of a call a moment before the phone. */
  #answersNext = false;

  /** Follows the desk until the returned function is called (signed out). */
  watch(): () => void {
    const undesk = useDesk.subscribe(() => void this.#follow());
    const unphone = usePhone.subscribe((now, before) => {
      if (now.devices !== before.devices) this.#phone?.useDevices(now.devices);
      if (now.ringing === before.ringing) return;
      if (now.ringing && !this.#rejoining) this.#tone.start();
      else this.#tone.stop();
    });
    const onLeave = () => {
      const { desk } = useDesk.getState();
      if (desk?.state === 'ready') keepReady(sessionStorage, desk.seatId, Date.now());
    };
    window.addEventListener('pagehide', onLeave);
    void knownMicrophone().then((microphone) => usePhone.setState({ microphone }));
    void this.#follow();
    return () => {
      window.removeEventListener('pagehide', onLeave);
      undesk();
      unphone();
      this.#tone.stop();
      this.#phone?.retire();
      this.#phone = undefined;
      this.#seatId = undefined;
    };
  }

  async #follow(): Promise<void> {
    const { known, held, desk } = useDesk.getState();
    if (!known) return;
    if (desk?.state !== 'ringing') this.#answersNext = false;
    const wanted = held && desk?.phone === 'browser' ? desk.seatId : undefined;
    if (wanted === this.#seatId) return;
    this.#seatId = wanted;
    this.#phone?.retire();
    this.#phone = undefined;
    if (wanted !== undefined) await this.#start(wanted).catch(() => this.#startLater(wanted));
  }

  #startLater(seatId: string): void {
    usePhone.setState({ line: 'lost' });
    setTimeout(() => {
      if (this.#seatId === seatId && !this.#phone) {
        this.#start(seatId).catch(() => this.#startLater(seatId));
      }
    }, 3_000);
  }

  async #start(seatId: string): Promise<void> {
    usePhone.setState({ line: 'connecting' });
    const [credential, { SipPhone }] = await Promise.all([
      post<Phone>('/desk/phone'),
      import('./sip-phone.ts'),
    ]);
    if (this.#seatId !== seatId) return;
    const phone: Softphone = new SipPhone(credential, {
      onLine: (line) => {
        if (this.#phone !== phone) return;
        usePhone.setState({ line });
        if (line === 'registered') this.#claimSoon(phone, 0);
      },
      onRing: (autoAnswer) => {
        if (this.#phone !== phone) return;
        usePhone.setState({ ringing: true });
        if (autoAnswer || this.#rejoining || this.#answersNext) void this.answer();
      },
      onAnswered: () => {
        this.#rejoining = false;
        usePhone.setState({ ringing: false, inCall: true, muted: false });
      },
      onQuiet: () => {
        usePhone.setState({ ringing: false, inCall: false, muted: false });
        this.#claimSoon(phone);
      },
      onCut: () => this.#claimSoon(phone),
    });
    this.#phone = phone;
    phone.useDevices(usePhone.getState().devices);
    await phone.start();
  }

  /**
   * The phone has fallen silent and the desk goes on talking: a laptop that slept, a network that was
   * away. A moment later, for the end of a call is told to the phone and to the desk one after the other.
   */
  #claimSoon(phone: Softphone, afterMs = CLAIM_AFTER_MS): void {
    setTimeout(() => {
      const { line, inCall, ringing } = usePhone.getState();
      const isTalking = inCall && !phone.isCut;
      if (this.#phone !== phone || line !== 'registered' || isTalking || ringing) return;
      void this.#claimLiveCall();
    }, afterMs);
  }

  /** A reloaded page finds its caller again; one that was ready is ready again. */
  async #claimLiveCall(): Promise<void> {
    const { desk } = useDesk.getState();
    const state = desk?.state;
    if (
      desk?.reason === 'unreachable' &&
      wasReadyJustNow(sessionStorage, desk.seatId, Date.now())
    ) {
      await deskDo('ready').catch(() => undefined);
      return;
    }
    if (state !== 'talking' && state !== 'hold') return;
    this.#rejoining = true;
    setTimeout(() => {
      this.#rejoining = false;
    }, 15_000);
    await deskDo('rejoin').catch(() => {
      this.#rejoining = false;
    });
  }

  async answer(): Promise<void> {
    if (!usePhone.getState().ringing) {
      this.#answersNext = true;
      return;
    }
    this.#tone.stop();
    try {
      await this.#phone?.answer();
      usePhone.setState({ microphone: 'granted' });
    } catch {
      usePhone.setState({ microphone: await knownMicrophone() });
      throw new Error('microphone');
    }
  }

  mute(muted: boolean): void {
    this.#phone?.mute(muted);
    usePhone.setState({ muted });
  }
}

export const phoneKeeper = new PhoneKeeper();
