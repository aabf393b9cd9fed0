/** Shows a step's progress: on one line of a terminal, else a line per tenth. */
export function showProgress(step: string, share: number): void {
  const percent = Math.floor(share * 100);
  const line = `${step.padEnd(9)}${String(percent).padStart(4)} %`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${share >= 1 ? '\n' : ''}`);
  else if (percent % 10 === 0 && shown.get(step) !== percent) console.log(line);
  shown.set(step, percent);
}

const shown = new Map<string, number>();
