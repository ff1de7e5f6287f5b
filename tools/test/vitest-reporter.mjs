import { writeFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * One line a test file while vitest runs, and at the end the tally that tools/test.mjs reads from the file that
 * GATEBOOK_TALLY names. Vitest's own JSON does not carry why a test was skipped.
 */
export default class TallyReporter {
  tally = { passed: 0, failures: [], skips: [] };

  onTestModuleEnd(testModule) {
    const file = relative(process.cwd(), testModule.moduleId);
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    for (const test of testModule.children.allTests()) {
      const result = test.result();
      const name = `${file} > ${test.fullName}`;
      if (result.state === "passed") {
        passed += 1;
      } else if (result.state === "failed") {
        failed += 1;
        this.fail(name, result.errors);
      } else {
        skipped += 1;
        this.tally.skips.push({ name, reason: result.note ?? "no reason given" });
      }
    }
    this.tally.passed += passed;
    const errors = testModule.errors();
    if (errors.length > 0) {
      failed += 1;
      this.fail(file, errors);
    }
    for (const suite of testModule.children.allSuites()) {
      if (suite.errors().length > 0) {
        failed += 1;
        this.fail(`${file} > ${suite.fullName}`, suite.errors());
      }
    }
    const seconds = (testModule.diagnostic().duration / 1000).toFixed(1);
    const parts = [`${passed} passed`];
    if (failed > 0) parts.push(`${failed} FAILED`);
    if (skipped > 0) parts.push(`${skipped} skipped`);
    process.stdout.write(`  ${failed > 0 ? "✗" : "✓"} ${file} (${parts.join(", ")}, ${seconds} s)\n`);
  }

  onTestRunEnd(_modules, unhandledErrors, reason) {
    if (unhandledErrors.length > 0) this.fail("an error outside of any test", unhandledErrors);
    if (reason === "interrupted") this.fail("the run", [{ message: "was interrupted" }]);
    writeFileSync(process.env.GATEBOOK_TALLY, JSON.stringify(this.tally));
  }

  fail(name, errors) {
    const message = errors
      .map((error) => [error.stack ?? error.message ?? String(error), error.diff].filter(Boolean).join("\n"))
      .join("\n");
    this.tally.failures.push({ name, message });
    process.stdout.write(`\n  ✗ ${name}\n${message.replace(/^/gm, "      ")}\n\n`);
  }
}
