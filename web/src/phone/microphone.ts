/** May this page use a microphone? `none`: there is no device. `insecure`: the browser forbids it here. */
export type MicrophoneState = 'unknown' | 'asking' | 'granted' | 'denied' | 'none' | 'insecure';

/** Asks for the microphone and lets it go again at once. */
export async function askForMicrophone(): Promise<MicrophoneState> {
  if (!window.isSecureContext || !navigator.mediaDevices) return 'insecure';
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
    return 'granted';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'denied';
  }
}

/** What the browser knows without asking the agent. */
export async function knownMicrophone(): Promise<MicrophoneState> {
  if (!window.isSecureContext || !navigator.mediaDevices) return 'insecure';
  const status = await navigator.permissions.query({ name: 'microphone' }).catch(() => undefined);
  if (status?.state === 'granted') return 'granted';
  return status?.state === 'denied' ? 'denied' : 'unknown';
}

/** Microphones and speakers with names (names appear once the microphone is granted). */
export async function listDevices(): Promise<{
  inputs: MediaDeviceInfo[];
  outputs: MediaDeviceInfo[];
}> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return {
    inputs: all.filter((d) => d.kind === 'audioinput' && d.deviceId !== ''),
    outputs: all.filter((d) => d.kind === 'audiooutput' && d.deviceId !== ''),
  };
}
