import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import { listDevices } from '../phone/microphone.ts';
import { rememberDevices, usePhone } from '../phone/phone-store.ts';
import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { Overlay } from './overlay.tsx';

const text = words(
  { title: '耳麦设置', microphone: '麦克风', speaker: '耳机', standard: '系统默认' },
  { title: 'Headset', microphone: 'Microphone', speaker: 'Earphone', standard: 'System default' },
);

/** Which microphone and which earphone; taken at once, a running call included for the earphone. */
export function DeviceChoice({ onClose }: { onClose: () => void }) {
  const t = useWords(text);
  const c = useWords(common);
  const devices = usePhone((s) => s.devices);
  const [found, setFound] = useState<Awaited<ReturnType<typeof listDevices>>>();
  useEffect(() => {
    void listDevices().then(setFound);
  }, []);
  return (
    <Overlay label={t.title} onClose={onClose}>
      <div className="keys-help">
        <h2>{t.title}</h2>
        <dl>
          <dt>{t.microphone}</dt>
          <dd>
            <Choice
              label={t.microphone}
              value={devices.microphoneId}
              found={found?.inputs}
              onChange={(microphoneId) => rememberDevices({ ...devices, microphoneId })}
            />
          </dd>
          <dt>{t.speaker}</dt>
          <dd>
            <Choice
              label={t.speaker}
              value={devices.speakerId}
              found={found?.outputs}
              onChange={(speakerId) => rememberDevices({ ...devices, speakerId })}
            />
          </dd>
        </dl>
        <Button style={{ marginTop: 20 }} onClick={onClose}>
          {c.close}
        </Button>
      </div>
    </Overlay>
  );
}

function Choice(props: {
  label: string;
  value: string;
  found: readonly MediaDeviceInfo[] | undefined;
  onChange: (deviceId: string) => void;
}) {
  const t = useWords(text);
  return (
    <select
      className="native-select"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{t.standard}</option>
      {(props.found ?? []).map((device) => (
        <option key={device.deviceId} value={device.deviceId}>
          {device.label}
        </option>
      ))}
    </select>
  );
}
