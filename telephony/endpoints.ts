import { createHash } from 'node:crypto';
import type { PhoneCredential, PhoneKind } from '../src/calls/ports.ts';
import type { AriEndpoint } from './ari-events.ts';
import type { AriRequests } from './ari-requests.ts';
import { plain } from './ring-seat.ts';

/** Asterisk's realm unless somebody changed it; ours is written into each account. */
const realm = 'yihao';

/** A phone without a sign of life in its audio for this long is lost; then the caller is not left in silence. */
const rtpTimeoutS = { browser: '10', sip: '30' } as const;

/**
 * Narrow band only. With a wide-band codec on a leg MixMonitor's `D` drops part of every frame and
 * the recording is garbage (asterisk issue 1779; measured with G.722 and Opus on 22.10.1). Callers
 * come in narrow band anyway, and A-law to A-law spares Asterisk the transcoding.
 */
const codecs = 'alaw,ulaw';

const everyPhone = {
  context: 'from-seat',
  disallow: 'all',
  allow: codecs,
  identify_by: 'auth_username,username',
  direct_media: 'no',
  rtp_symmetric: 'yes',
  force_rport: 'yes',
  rewrite_contact: 'yes',
  allow_transfer: 'no',
  allow_subscribe: 'no',
  // The phone shows the masked number it was rung with; updates would carry the full one.
  send_connected_line: 'no',
  send_pai: 'no',
  language: 'zh',
} as const;

const phoneOf: Record<PhoneKind, Readonly<Record<string, string>>> = {
  browser: {
    ...everyPhone,
    transport: 'transport-ws',
    webrtc: 'yes',
    rtp_timeout: rtpTimeoutS.browser,
  },
  sip: {
    ...everyPhone,
    transport: 'transport-udp',
    rtp_timeout: rtpTimeoutS.sip,
    timers: 'yes',
  },
};

/** One registration per seat; a second browser takes the phone over. */
const everyAddress = {
  max_contacts: '1',
  remove_existing: 'yes',
  minimum_expiration: '30',
  default_expiration: '120',
  maximum_expiration: '600',
} as const;

const addressOf: Record<PhoneKind, Readonly<Record<string, string>>> = {
  // A browser's registration goes with its WebSocket; asking it again would find the same socket.
  browser: { ...everyAddress, qualify_frequency: '0' },
  sip: { ...everyAddress, qualify_frequency: '30', qualify_timeout: '3' },
};

/** The phones we made: provisioning, and who of them can be reached. */
export class Phones {
  readonly #link: AriRequests;
  readonly #onChange: (seatId: string, reachable: boolean) => void;
  readonly #ours = new Set<string>();
  readonly #reachable = new Set<string>();
  readonly #justHeard = new Set<string>();

  constructor(link: AriRequests, onChange: (seatId: string, reachable: boolean) => void) {
    this.#link = link;
    this.#onChange = onChange;
  }

  /** Makes or replaces a phone's account. A call in progress and the registration stay. */
  async provision(seatId: string, kind: PhoneKind, credential: PhoneCredential): Promise<void> {
    const id = plain(seatId);
    if (credential.user !== seatId) throw new TypeError('a phone registers under its seat id');
    await this.#link.putSipObject('auth', authId(id), {
      auth_type: 'md5',
      realm,
      username: id,
      md5_cred: createHash('md5').update(`${id}:${realm}:${credential.password}`).digest('hex'),
    });
    await this.#link.putSipObject('aor', id, addressOf[kind]);
    await this.#link.putSipObject('endpoint', id, {
      ...phoneOf[kind],
      aors: id,
      auth: authId(id),
    });
    await this.#link.subscribeToPhone(id);
    this.#ours.add(id);
  }

  async remove(seatId: string): Promise<void> {
    const id = plain(seatId);
    await this.#link.deleteSipObject('endpoint', id);
    await this.#link.deleteSipObject('aor', id);
    await this.#link.deleteSipObject('auth', authId(id));
    this.#ours.delete(id);
    this.#mark(id, false);
  }

  isReachable(seatId: string): boolean {
    return this.#reachable.has(seatId);
  }

  /** Every channel that comes and goes brings such an event; only a change is passed on. */
  heard(endpoint: AriEndpoint): void {
    if (endpoint.technology === 'PJSIP' && this.#ours.has(endpoint.resource)) {
      this.#justHeard.add(endpoint.resource);
      this.#mark(endpoint.resource, endpoint.state === 'online');
    }
  }

  /** After a (re)connect: finds our phones in Asterisk, asks for their events and their state. */
  async reconcile(): Promise<void> {
    const subscribed = await this.#link.subscribedPhones();
    // Only phones of ours are ever subscribed to, and it outlives us: a full house is not asked one by one.
    for (const resource of subscribed) this.#ours.add(resource);
    const found = await this.#list();
    const isHeard = new Set(subscribed);
    const isNew = await Promise.all(
      found.map(async ({ resource }) => {
        if (isHeard.has(resource)) return false;
        // Trunks are left out: their events would repeat every caller's.
        const isOurs =
          this.#ours.has(resource) || (await this.#link.hasSipObject('auth', authId(resource)));
        if (!isOurs) return false;
        this.#ours.add(resource);
        await this.#link.subscribeToPhone(resource);
        return true;
      }),
    );
    // What happened to a phone before it was subscribed to has been missed.
    if (isNew.includes(true)) await this.#list();
  }

  /** Asks for all phones' states, and takes them for true. */
  async #list(): Promise<AriEndpoint[]> {
    // What is heard while the list is on its way is newer than the list.
    this.#justHeard.clear();
    const listed = await this.#link.listPhones();
    for (const endpoint of listed.filter(({ resource }) => !this.#justHeard.has(resource))) {
      this.heard(endpoint);
    }
    return listed;
  }

  #mark(seatId: string, reachable: boolean): void {
    if (this.#reachable.has(seatId) === reachable) return;
    if (reachable) this.#reachable.add(seatId);
    else this.#reachable.delete(seatId);
    this.#onChange(seatId, reachable);
  }
}

/** The name marks the account as ours, so that a restarted server tells phones from trunks. */
function authId(seatId: string): string {
  return `seat-${seatId}`;
}
