import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The simulator's files are small and take long: begun last, they would leave one core with nothing to do. */
class SimulatorFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/test/sim/');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const globalSetup = 'test/support/own-folder.ts';

// Four projects, from the fastest rung of the ladder to the slowest: `npm run check` runs `unit`,
// `npm test` runs all, one project after the other. What loads the machine runs file by file.
export default defineConfig({
  test: {
    sequence: { sequencer: SimulatorFirst },
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup,
          include: ['test/**/*.test.ts'],
          exclude: ['test/asterisk/**', 'test/browser/**', 'test/soak/**'],
          // Many files wait more than they work: every core has one.
          maxWorkers: '100%',
          // What a file loads stays loaded for the next one in the same process: half of the time was
          // spent on loading the house anew for every file. A file that mocks a module takes it back.
          isolate: false,
          sequence: { groupOrder: 0 },
          // Seconds of work at most, but a small machine may be busy with other things.
          testTimeout: 20_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: 'asterisk',
          globalSetup,
          include: ['test/asterisk/**/*.test.ts'],
          // Conversations take their time and little else; each file has an exchange and ports of its own.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 45_000 } },
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup,
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'soak',
          globalSetup,
          include: ['test/soak/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 900_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
