/** Kinds of files people may hand in, by their first bytes. */
const kinds: readonly { kind: string; starts: readonly [offset: number, bytes: string][] }[] = [
  { kind: 'image/jpeg', starts: [[0, 'ffd8ff']] },
  { kind: 'image/png', starts: [[0, '89504e470d0a1a0a']] },
  { kind: 'image/gif', starts: [[0, '47494638']] },
  {
    kind: 'image/webp',
    starts: [
      [0, '52494646'],
      [8, '57454250'],
    ],
  },
  { kind: 'application/pdf', starts: [[0, '255044462d']] },
  {
    kind: 'audio/wav',
    starts: [
      [0, '52494646'],
      [8, '57415645'],
    ],
  },
  { kind: 'audio/mpeg', starts: [[0, '494433']] },
  { kind: 'video/mp4', starts: [[4, '66747970']] },
];

/** What a file is by what is in it, whatever its name says; null when it is none we take. */
export function kindOfFile(content: Buffer): string | null {
  const found = kinds.find(({ starts }) =>
    starts.every(([offset, bytes]) => {
      const wanted = Buffer.from(bytes, 'hex');
      return content.subarray(offset, offset + wanted.length).equals(wanted);
    }),
  );
  return found?.kind ?? null;
}
