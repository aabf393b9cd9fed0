/** A soft two-note ring, made here so that no sound file has to be fetched while a call waits. */
export class RingTone {
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  start(): void {
    if (this.#timer) return;
    this.#context ??= new AudioContext();
    void this.#context.resume().catch(() => undefined);
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), 2_400);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #strike(): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    [
      [660, 0],
      [880, 0.18],
    ].forEach(([frequency = 660, after = 0]) => {
      const at = context.currentTime + after;
      const tone = new OscillatorNode(context, { type: 'sine', frequency });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.12, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0005, at + 0.9);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + 1);
    });
  }
}
