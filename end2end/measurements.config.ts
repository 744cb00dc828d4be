import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `cargo xtask bench load`: measures pages and checks their budgets. Not a product test. */
export default defineConfig(tests, {
  testDir: "measurements",
  outputDir: "test-results/measurements",
  // Anything running in parallel would distort the measurement.
  workers: 1,
  timeout: 900_000,
});
