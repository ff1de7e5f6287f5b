import { writeFileSync } from "node:fs";

/** One line a test while Playwright runs, and at the end the tally that tools/test.mjs reads (see vitest-reporter.mjs). */
export default class TallyReporter {
  tally = { passed: 0, failures: [], skips: [] };
  suite = null;

  onBegin(_config, suite) {
    this.suite = suite;
  }

  printsToStdio() {
    return true;
  }

  onTestEnd(test, result) {
    const mark = result.status === "passed" ? "✓" : result.status === "skipped" ? "-" : "✗";
    process.stdout.write(`  ${mark} ${nameOf(test)} (${(result.duration / 1000).toFixed(1)} s)\n`);
    for (const error of result.errors) {
      process.stdout.write(`${(error.stack ?? error.message ?? error.value ?? "").replace(/^/gm, "      ")}\n`);
    }
  }

  onError(error) {
    const message = error.stack ?? error.message ?? error.value ?? "";
    this.tally.failures.push({ name: "an error outside of any test", message });
    process.stdout.write(`  ✗ ${message}\n`);
  }

  onEnd() {
    for (const test of this.suite?.allTests() ?? []) {
      const name = nameOf(test);
      const outcome = test.outcome();
      if (outcome === "expected") this.tally.passed += 1;
      else if (outcome === "skipped") this.tally.skips.push({ name, reason: reasonOf(test) });
      else {
        const messages = test.results.flatMap((result) => result.errors.map((error) => error.message ?? ""));
        this.tally.failures.push({
          name,
          message:
            outcome === "flaky" ? `passed only when it was run again: ${messages.join("\n")}` : messages.join("\n"),
        });
      }
    }
    writeFileSync(process.env.GATEBOOK_TALLY, JSON.stringify(this.tally));
  }
}

function nameOf(test) {
  return test
    .titlePath()
    .filter((part) => part !== "")
    .join(" > ");
}

function reasonOf(test) {
  const given = test.annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
  if (given !== undefined) return given;
  return test.results.length === 0 ? "not reached, because an earlier test failed" : "no reason given";
}
