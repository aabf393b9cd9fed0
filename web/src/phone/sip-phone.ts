import {
  type Invitation,
  Registerer,
  RegistererState,
  type Session,
  SessionState,
  UserAgent,
  Web,
} from 'sip.js';
import type { Phone } from '../../../src/seats/schema.ts';
import {
  type AudioDevices,
  asksAutoAnswer,
  mediaOptions,
  phoneUrl,
  retryAfterMs,
  type Softphone,
  type SoftphoneEvents,
} from './softphone.ts';

/**
 * The browser's phone on sip.js: SIP over WebSocket, sound by WebRTC. Nothing here listens to the
 * page going away: the call must outlive it, and the server rings the reloaded page.
 */
export class SipPhone implements Softphone {
  readonly #agent: UserAgent;
  readonly #registerer: Registerer;
  readonly #events: SoftphoneEvents;
  readonly #speaker = document.createElement('audio');
  #devices: AudioDevices = { microphoneId: '', speakerId: '' };
  #call: Invitation | undefined;
  #sound: RTCPeerConnection | undefined;
  #attempt = 0;
  #retired = false;

  constructor(phone: Phone, events: SoftphoneEvents) {
    this.#events = events;
    this.#speaker.autoplay = true;
    const uri = UserAgent.makeURI(`sip:${phone.user}@${phone.domain}`);
    if (!uri) throw new Error('unusable phone address');
    this.#agent = new UserAgent({
      uri,
      authorizationUsername: phone.user,
      authorizationPassword: phone.password,
      transportOptions: {
        server: phoneUrl(location, phone),
        keepAliveInterval: 20,
        connectionTimeout: 5,
      },
      noAnswerTimeout: 180,
      logLevel: 'error',
      sessionDescriptionHandlerFactoryOptions: mediaOptions(phone),
      delegate: {
        onInvite: (invitation) => this.#ring(invitation),
        onDisconnect: () => this.#reconnectLater(),
      },
    });
    this.#registerer = new Registerer(this.#agent, { expires: 120 });
    this.#registerer.stateChange.addListener((state) => {
      if (state === RegistererState.Registered) this.#events.onLine('registered');
    });
  }

  get isCut(): boolean {
    const state = this.#call && this.#sound?.connectionState;
    return state === 'disconnected' || state === 'failed';
  }

  async start(): Promise<void> {
    this.#events.onLine('connecting');
    try {
      await this.#agent.start();
      await this.#register();
    } catch {
      this.#reconnectLater();
    }
  }

  async #register(): Promise<void> {
    this.#attempt = 0;
    await this.#registerer.register({
      requestDelegate: { onReject: () => this.#events.onLine('refused') },
    });
  }

  #reconnectLater(): void {
    if (this.#retired) return;
    this.#events.onLine('lost');
    const pauseMs = retryAfterMs(this.#attempt, Math.random());
    this.#attempt += 1;
    setTimeout(() => {
      if (this.#retired || this.#agent.isConnected()) return;
      this.#events.onLine('connecting');
      this.#agent
        .reconnect()
        .then(() => this.#register())
        .catch(() => this.#reconnectLater());
    }, pauseMs);
  }

  #ring(invitation: Invitation): void {
    const busy = this.#call !== undefined && this.#call.state !== SessionState.Terminated;
    const auto = asksAutoAnswer(invitation.request.getHeader('Alert-Info'));
    // A second call may only come as our own call given back after a reload.
    if (this.#retired || (busy && !auto)) {
      void invitation.reject({ statusCode: 486 });
      return;
    }
    this.#call = invitation;
    invitation.stateChange.addListener((state) => this.#follow(invitation, state));
    this.#events.onRing(auto);
  }

  #follow(call: Session, state: SessionState): void {
    if (call !== this.#call) return;
    if (state === SessionState.Established) {
      void this.#listen(call);
      this.#events.onAnswered();
    }
    if (state === SessionState.Terminated) {
      this.#call = undefined;
      this.#speaker.srcObject = null;
      this.#events.onQuiet();
      if (this.#retired) this.#leave();
    }
  }

  async #listen(call: Session): Promise<void> {
    const handler = call.sessionDescriptionHandler;
    if (!(handler instanceof Web.SessionDescriptionHandler)) return;
    this.#speaker.srcObject = handler.remoteMediaStream;
    // A call that was given back has taken the place of one that is cut off for good.
    this.#sound?.close();
    this.#sound = handler.peerConnection;
    this.#sound?.addEventListener('connectionstatechange', ({ target }) => {
      if (target === this.#sound && this.#sound?.connectionState === 'failed') this.#events.onCut();
    });
    await this.#chooseSpeaker();
    await this.#speaker.play().catch(() => undefined);
  }

  async #chooseSpeaker(): Promise<void> {
    if ('setSinkId' in this.#speaker) {
      await this.#speaker.setSinkId(this.#devices.speakerId).catch(() => undefined);
    }
  }

  async answer(): Promise<void> {
    const { microphoneId } = this.#devices;
    const audio = microphoneId === '' ? true : { deviceId: { ideal: microphoneId } };
    await this.#call?.accept({
      sessionDescriptionHandlerOptions: { constraints: { audio, video: false } },
    });
  }

  useDevices(devices: AudioDevices): void {
    this.#devices = devices;
    void this.#chooseSpeaker();
  }

  mute(muted: boolean): void {
    const handler = this.#call?.sessionDescriptionHandler;
    if (!(handler instanceof Web.SessionDescriptionHandler)) return;
    for (const sender of handler.peerConnection?.getSenders() ?? []) {
      if (sender.track) sender.track.enabled = !muted;
    }
  }

  retire(): void {
    this.#retired = true;
    this.#events.onLine('off');
    if (!this.#call) this.#leave();
  }

  /** Only ever without a call: stopping the agent would hang it up. */
  #leave(): void {
    void this.#agent.stop().catch(() => undefined);
  }
}
