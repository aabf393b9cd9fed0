import { EventEmitter } from 'node:events';

interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

const EVENT = '2';

/**
 * A parser for socket.io-client that hands changes of the floor over as they came in, unread: a
 * thousand consoles in one process would measure their own parsing. Knows texts only.
 */
export function unread(onChange: (text: string) => void) {
  return {
    Encoder: class {
      encode({ type, id, data }: Packet): string[] {
        return [`${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
      }
    },
    Decoder: class extends EventEmitter {
      add(text: string): void {
        if (text.startsWith(EVENT)) {
          if (text.startsWith('2["floor"')) onChange(text);
          return;
        }
        const [, type = '', id = '', json = ''] = /^(\d)(\d*)(.*)$/s.exec(text) ?? [];
        const packet: Packet = { type: Number(type), nsp: '/' };
        if (id !== '') packet.id = Number(id);
        if (json !== '') packet.data = JSON.parse(json);
        this.emit('decoded', packet);
      }

      destroy(): void {
        this.removeAllListeners();
      }
    },
  };
}
