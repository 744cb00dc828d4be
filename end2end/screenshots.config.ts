import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `cargo xtask screenshots`: a picture of every page, to be looked at by a person. */
export default defineConfig(tests, {
  testDir: "screenshots",
  outputDir: "test-results/screenshots",
  timeout: 300_000,
});
