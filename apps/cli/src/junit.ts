import type { TestReport } from '@callwright/runtime/rehearsal';

export interface SuiteReport {
  readonly file: string;
  readonly seconds: number;
  readonly tests: readonly TestReport[];
}

const escape = (text: string): string =>
  text.replace(
    /[<>&"\u0000-\u0008\u000b\u000c\u000e-\u001f]/g,
    (char) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[char] ?? '\ufffd',
  );

/** The form of test reports that every CI server reads. */
export function junit(suites: readonly SuiteReport[]): string {
  const body = suites.map(({ file, seconds, tests }) => {
    const failures = tests.filter(({ passed }) => !passed).length;
    const cases = tests.map(({ name, failure }) => {
      const open = `    <testcase classname="${escape(file)}" name="${escape(name)}"`;
      if (!failure) return `${open}/>`;
      const message = escape(`step ${failure.step}: ${failure.message}`);
      return `${open}>\n      <failure message="${message}"/>\n    </testcase>`;
    });
    const head = `  <testsuite name="${escape(file)}" tests="${tests.length}" failures="${failures}" time="${seconds.toFixed(3)}">`;
    return [head, ...cases, '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${body.join('\n')}\n</testsuites>\n`;
}
