import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `cargo xtask bench load`: figures, and whether pages keep to their budgets. No test of the product. */
export default defineConfig(tests, {
  testDir: "measurements",
  outputDir: "test-results/measurements",
  // What runs beside a measurement would be measured as well.
  workers: 1,
  timeout: 900_000,
});
