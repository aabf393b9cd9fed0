import { afterAll, beforeAll } from 'vitest';
import { type AsteriskRig, openAsterisk, rigPorts } from '../support/real-exchange.ts';
import { SipPhone } from '../support/sip-phone.ts';
import { ariLinkContract } from '../telephony/ari-link.contract.ts';

let rig: AsteriskRig;
let phone: SipPhone;

beforeAll(async () => {
  rig = await openAsterisk();
  phone = await SipPhone.open(rigPorts.sipPort, '13800001234');
});

afterAll(async () => {
  phone?.close();
  await rig?.close();
});

ariLinkContract('the link over the real Asterisk', () => ({
  port: rigPorts.ariPort,
  user: rig.asterisk.ariUser,
  password: rig.asterisk.ariPassword,
  async bring() {
    const call = await phone.call('12345');
    return async () => {
      // A call that is not answered yet is cancelled, one that is answered gets a BYE.
      call.hangUp();
    };
  },
}));
