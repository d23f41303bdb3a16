import { appendFileSync } from 'node:fs';

/** A Vitest reporter that writes down which tests passed only when they were tried again, for the JSON report does not say so. */
export default class Retried {
  onTestCaseResult(test) {
    const { retryCount = 0 } = test.diagnostic() ?? {};
    if (retryCount === 0 || test.result().state !== 'passed') return;
    appendFileSync(process.env.RETRIED_FILE, `${test.module.moduleId}\t${test.fullName}\t${retryCount}\n`);
  }
}
