/** A finished recording: stereo WAV, caller left, agent right. */
export interface FinishedRecording {
  /** Path below the recordings folder. */
  file: string;
  sha256: string;
  durationMs: number;
  bytes: number;
  repaired: boolean;
}

/** Turns what the exchange recorded into files that are kept. */
export interface Recordings {
  /**
   * Writes the final WAV of a leg that has ended; one that was written already, by a server that ended
   * before it could say so, is taken as it is. Rejects when there is nothing to keep; then the
   * loss is reported, never silent.
   */
  finish(recordingId: string, startedAt: number): Promise<FinishedRecording>;
  /**
   * Recording ids of raw files that were never finished (a crash). A recording that is still being
   * written because its call outlived the server is none of them.
   */
  unfinished(stillRunning?: ReadonlySet<string>): Promise<string[]>;
  /** Absolute path of a kept file, checked to lie below the recordings folder. */
  pathOf(file: string): string;
  remove(file: string): Promise<void>;
}
