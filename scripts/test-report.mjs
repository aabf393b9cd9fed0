// What `run-steps.mjs` has to know of a test run, told by vitest itself into the file that
// `TEST_REPORT` names. vitest's own JSON report leaves out what failed outside any test.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const linesEach = 12;
const lineMax = 300;

export default class TestReport {
  /** @param stray errors that belong to no file, such as a promise nobody waited for */
  onTestRunEnd(files, stray) {
    const tests = files.flatMap((file) => [...file.children.allTests()]);
    const suites = files.flatMap((file) => [file, ...file.children.allSuites()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const failures = [
      ...suites.flatMap((suite) => suite.errors().map((error) => failure(suite, error))),
      ...tests.flatMap((test) => (test.result().errors ?? []).map((error) => failure(test, error))),
      ...stray.map((error) => ({ where: 'outside any test', message: firstLines(error) })),
    ];
    const report = { passed: count('passed'), failed: count('failed'), failures };
    writeFileSync(process.env.TEST_REPORT, JSON.stringify(report));
  }
}

function failure(entity, error) {
  const file = (entity.module ?? entity).relativeModuleId;
  const where = entity.module ? `${file} > ${entity.fullName}` : file;
  return { where, message: firstLines(error) };
}

/** What was said, what differs, and the first place in our own files. */
function firstLines({ message, diff, stacks = [] }) {
  const own = stacks.find(({ file }) => !file.includes('node_modules'));
  const said = stripVTControlCharacters([message, diff].filter(Boolean).join('\n')).split('\n');
  const place = own ? [`at ${relative(process.cwd(), own.file)}:${own.line}`] : [];
  return [...said.slice(0, linesEach), ...place].map((line) => line.slice(0, lineMax));
}
