// The code of the Android app, on this computer's Java: a phone enrolls and carries out everything while an admin watches.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/index.ts";
import { run } from "../fixtures/programs/process.ts";

const BUILT = join(import.meta.dirname, "../../target/android");
const CLASS_PATH = ["tests", "classes", "stubs"].map((folder) => join(BUILT, folder)).concat("/usr/share/java/com.android.json.jar");
const PLAY = "net.rollcall.core.EndToEnd";
const COMMANDS = ["lock", "locate", "ring", "message", "lost_mode", "end_lost_mode", "inventory", "renew", "wipe"];

test("an Android phone enrolls by link and carries out everything while the admin watches", async ({ admin, server }) => {
  const isBuilt = existsSync(join(CLASS_PATH[0]!, `${PLAY.replaceAll(".", "/")}.class`));
  if (!isBuilt) console.warn(`\n*** SKIPPED: the Android app was not compiled; "cargo xtask android test" does that ***\n`);
  test.skip(!isBuilt, "the Android app was not compiled");
  test.setTimeout(120_000);
  await admin.markDocument();
  // Every state that the page shows.
  await admin.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const note = () => document.querySelectorAll("[data-status]").forEach((row) => seen.push(row.getAttribute("data-status")!));
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-status"] });
  });
  const played = run("java", ["-ea", "-cp", CLASS_PATH.join(":"), PLAY, server.url, server.api.token, "by_link"]);
  await expect.poll(async () => (await server.api.slots()).length).toBe(1);
  const [slot] = await server.api.slots();
  const row = admin.row(slot!.email);
  await expect(row).toHaveAttribute("data-status", "wiped", { timeout: 60_000 });
  const { code, stdout, stderr } = await played;
  expect(code, stdout + stderr).toBe(0);
  await admin.expectNoReload();
  const seen = await admin.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  // It enrolls faster than a page shows each step.
  for (const status of ["active", "wiped"]) expect(seen).toContain(status);

  await admin.goto(`/devices/${slot!.id}`);
  for (const command of COMMANDS) {
    const shown = admin.page.locator(`[data-command=${command}]`).first();
    await expect(shown, command).toHaveAttribute("data-state", "completed");
  }
});
