import { createAriClientBackend } from './ari-client-backend.ts';
import type { AriBackend } from './ari-link.ts';
import { createHttpBackend } from './http-backend.ts';
import type { TelephonyOptions } from './options.ts';

/** The wire the operator chose (`ari.client`). */
export function backendOf(options: TelephonyOptions): AriBackend {
  return options.client === 'ari-client'
    ? createAriClientBackend(options)
    : createHttpBackend(options);
}
