/**
 * What the watchdog's thread runs: a text, because it must be there in the sources and in `dist/`
 * alike. It asks the inspector where the main thread is, and speaks to standard output by itself: the
 * log of the house stands still as well. Time in which the whole process was stopped does not count.
 */
export const watchdogThread = `
const { writeSync } = require('node:fs');
const { Session } = require('node:inspector');
const { workerData } = require('node:worker_threads');
const { beats, everyMs, tellAfterMs, endAfterMs } = workerData;
const count = new Int32Array(beats);
let last = -1;
let stillMs = 0;

function say(level, msg, more) {
  try {
    writeSync(1, JSON.stringify({ level, time: new Date().toISOString(), stillMs, ...more, msg }) + '\\n');
  } catch {}
}

function tellWhatRuns() {
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.paused', ({ params }) => {
    const running = params.callFrames
      .slice(0, 12)
      .map(({ functionName, url, location }) => functionName + ' ' + url + ':' + (location.lineNumber + 1));
    session.post('Debugger.resume');
    session.disconnect();
    say(50, 'the event loop stands still', { running });
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

setInterval(() => {
  const beat = Atomics.load(count, 0);
  if (beat !== last) {
    last = beat;
    stillMs = 0;
    return;
  }
  const before = stillMs;
  stillMs += everyMs;
  if (before < tellAfterMs && stillMs >= tellAfterMs) tellWhatRuns();
  if (endAfterMs > 0 && stillMs >= endAfterMs) {
    say(60, 'the event loop does not come back: the process ends itself and is started again');
    process.kill(process.pid, 'SIGKILL');
  }
}, everyMs);
`;
