import { create } from 'zustand';
import type { MicrophoneState } from './microphone.ts';
import type { AudioDevices, PhoneLine } from './softphone.ts';

interface PhoneState {
  line: PhoneLine;
  ringing: boolean;
  inCall: boolean;
  muted: boolean;
  microphone: MicrophoneState;
  devices: AudioDevices;
}

const kept = 'yihao.devices';

function rememberedDevices(): AudioDevices {
  try {
    const read = JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<AudioDevices>;
    return { microphoneId: read.microphoneId ?? '', speakerId: read.speakerId ?? '' };
  } catch {
    return { microphoneId: '', speakerId: '' };
  }
}

/** The browser's phone as the screen sees it. */
export const usePhone = create<PhoneState>(() => ({
  line: 'off',
  ringing: false,
  inCall: false,
  muted: false,
  microphone: 'unknown',
  devices: rememberedDevices(),
}));

export function rememberDevices(devices: AudioDevices): void {
  localStorage.setItem(kept, JSON.stringify(devices));
  usePhone.setState({ devices });
}
