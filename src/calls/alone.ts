/** A caller whom the exchange had alone, from beginning to end, because no server was connected. */
export interface AloneCall {
  channelId: string;
  caller: string;
  dialled: string;
  arrivedAt: number;
  endedAt: number;
  /** What became of them: gave up, left the number to be called back, or an emergency seat answered. */
  outcome: 'left' | 'call-back' | 'served';
}

/** What the exchange wrote down about them. */
export interface AloneBook {
  /** Calls noted since the last time; the note is kept until `taken`. */
  read(): Promise<AloneCall[]>;
  /** They are in the records: the note goes. */
  taken(): Promise<void>;
}
