/** The path of a person and of an admin, on PostgreSQL instead of SQLite: the same tests. */
import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

process.env.ROLLCALL_ON_POSTGRES = "true";

export default defineConfig(config, {
  testMatch: ["enrollment.spec.ts", "live.spec.ts", "lists.spec.ts", "crash.spec.ts"],
  outputDir: "test-results/postgres",
});
