/** A 16-bit WAV of interleaved samples, with a chunk before the data as some programs write it. */
export function wav(samples: readonly number[], channels = 2, rate = 8_000): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => data.writeInt16LE(sample, at * 2));
  const fmt = Buffer.alloc(16);
  fmt.writeUInt16LE(1, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE(rate * channels * 2, 8);
  fmt.writeUInt16LE(channels * 2, 12);
  fmt.writeUInt16LE(16, 14);
  const note = Buffer.from('made by a test!');
  const body = [
    Buffer.from('WAVE'),
    chunk('fmt ', fmt),
    chunk('LIST', Buffer.concat([note, Buffer.alloc(note.length % 2)]), note.length),
    chunk('data', data),
  ];
  return chunk('RIFF', Buffer.concat(body));
}

function chunk(name: string, body: Buffer, bytes = body.length): Buffer {
  const head = Buffer.alloc(8, name);
  head.writeUInt32LE(bytes, 4);
  return Buffer.concat([head, body]);
}

/** Both channels of `frames` frames, each sample told by `level`. */
export function stereo(frames: number, level: (frame: number) => [number, number]): number[] {
  return Array.from({ length: frames }, (_, frame) => level(frame)).flat();
}
