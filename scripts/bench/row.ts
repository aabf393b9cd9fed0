import type { Figures } from './figures.ts';

/** How to run a row. */
export interface RunOptions {
  /** A run of a second or so: shows that the row works, measures nothing worth keeping. */
  tiny: boolean;
  /** As long as the goals say, where the usual run is shorter. */
  full: boolean;
  /** A call trace, for the rows that replay one. */
  callsFile: string | null;
  /** Says what goes on, for whoever waits. */
  progress(words: string): void;
}

/** What a row found. Units are said in `goal` and `notes`. */
export interface RowResult {
  samples: number;
  ours: Figures;
  control: Figures;
  ratio: { p50: number | null; p99: number | null };
  goal: string;
  /** null when the row could not be judged, for instance for want of its input. */
  met: boolean | null;
  /** What a reader must know beside the figures, one sentence each. */
  notes: string[];
}

/** One benchmark: its own file in `rows/`, named in `rows.ts`. It cleans up after itself. */
export interface Row {
  name: string;
  /** What is measured, and against which control. */
  title: string;
  /** It needs more than Node: an exchange, a browser. Then tests leave it out. */
  needs?: string;
  run(options: RunOptions): Promise<RowResult>;
}
