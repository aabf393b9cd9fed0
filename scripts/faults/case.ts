import { faults } from '../../test/faults/faults.ts';

/** One fault, in a process of its own: what it breaks cannot reach the next one. */
const [id = '', options = '{}'] = process.argv.slice(2);
const { short, kills } = JSON.parse(options) as { short: boolean; kills: number | null };
const fault = faults.find((each) => each.id === id);
if (!fault) throw new Error(`no fault ${id}`);
const seconds = () => performance.now() / 1_000;
const say = (line: string) => console.log(`${seconds().toFixed(1).padStart(7)} s  ${line}`);
try {
  const result = await fault.run({ short, kills, say });
  process.send?.({ result }, () => process.exit(0));
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.send?.({ error: text }, () => process.exit(1));
}
