import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `cargo xtask screenshots`: pictures of every page, for people to review. */
export default defineConfig(tests, {
  testDir: "screenshots",
  outputDir: "test-results/screenshots",
  timeout: 300_000,
});
