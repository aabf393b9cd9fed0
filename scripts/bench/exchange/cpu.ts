import { readFileSync } from 'node:fs';

/** Linux counts processor time of processes in hundredths of a second, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** Processor time a process and all its threads have used so far, milliseconds (user and system). */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Processor time that some processes use while `work` goes on, milliseconds each. */
export async function cpuDuring(
  pids: readonly number[],
  work: () => Promise<unknown>,
): Promise<number[]> {
  const before = pids.map(cpuMs);
  await work();
  return pids.map((pid, at) => cpuMs(pid) - (before[at] ?? 0));
}
