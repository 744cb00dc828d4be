// Names with markup, with right-to-left text or of extreme length, on every page that shows names.
import type { Page } from "@playwright/test";
import { HOSTILE_NAMES, MARKUP } from "../fixtures/checks/hostile-names.ts";
import { expect, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { byToken, enroll, send } from "../fixtures/http/agent-protocol.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const emailOf = (index: number) => `hostile${index}@example.com`;

test("hostile names are shown as they are, on every page, and never executed", async ({ admin, server, smtp }) => {
  for (const [index, name] of HOSTILE_NAMES.entries()) await server.api.invite({ name, email: emailOf(index) });
  // A device may call itself what it likes, too.
  const link = linkIn(await smtp.emailTo(emailOf(0)));
  const device = { manufacturer: MARKUP, model: MARKUP, os_version: MARKUP, serial: MARKUP };
  expect((await enroll(server.url, byToken(link), device)).status).toBe(201);

  for (const path of ["/devices", "/invitations", "/people"]) {
    await admin.goto(path);
    for (const [index, name] of HOSTILE_NAMES.entries()) {
      await expect(admin.page.getByText(name, { exact: true }).first(), `${path}: ${emailOf(index)}`).toBeVisible();
    }
    await expectHarmless(admin.page, path);
  }
  for (const { id } of await server.api.slots()) {
    await admin.goto(`/devices/${id}`);
    await expect(admin.page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectHarmless(admin.page, "detail");
  }
});

test("dialogs cope with hostile names", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite({ name: MARKUP, email: emailOf(0) });
  const row = admin.row(emailOf(0));
  for (const action of ["Show credentials", "Correct email", "Deactivate"]) {
    await admin.rowAction(row, action);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectHarmless(page, action);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await page.getByLabel("People", { exact: true }).fill(`${MARKUP} <markup@example.com>\n</textarea><script>window.attacked=4</script>`);
  await expectHarmless(page, "invite dialog");
});

test("imports, bulk changes and the palette cope with hostile names", async ({ admin, server }) => {
  const { page } = admin;
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const good = HOSTILE_NAMES.map((name, index) => `${quoted(name)},${emailOf(index)},en`);
  const lines = ["name,email,locale", ...good, `${quoted(MARKUP)},${quoted(MARKUP)},${quoted(MARKUP)}`];
  await admin.goto("/people/import");
  const file = { name: `${MARKUP}.csv`, mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "Show preview" }).click();
  for (const [show, rows] of [[/^Skipped/, 1], [/^New/, HOSTILE_NAMES.length]] as const) {
    await page.getByRole("link", { name: show }).click();
    await expect(page.getByRole("row")).toHaveCount(1 + rows);
    await expectHarmless(page, "preview");
  }
  await page.getByRole("checkbox", { name: /Invite by email/ }).check();
  await page.getByRole("button", { name: "Import 6 lines" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The import is finished." })).toBeVisible();
  await expectHarmless(page, "result");

  await expect.poll(async () => (await server.api.slots()).length).toBe(HOSTILE_NAMES.length);
  await admin.goto("/devices");
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Renew" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Renew" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(HOSTILE_NAMES.length);
  await expectHarmless(page, "bulk result");
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(MARKUP);
  await expect(dialog.getByRole("option").first()).toContainText("<script>");
  await expectHarmless(page, "palette");
});

test("what a device reports is shown as text", async ({ admin, server }) => {
  const { page } = admin;
  const { id } = await server.api.invite({ name: MARKUP, email: emailOf(0) }, false);
  const { url } = await server.api.credentials(id);
  const entry = { supported: false, limit: MARKUP, reason: MARKUP };
  const capabilities = { commands: { wipe: entry, ring: { supported: true, reason: MARKUP }, [MARKUP]: entry, message: { supported: true } } };
  const reply = await (await enroll(server.url, { ...byToken(url), capabilities }, { manufacturer: MARKUP, model: MARKUP })).json();
  const headers = { authorization: `Bearer ${reply.device_id}.${reply.device_secret}` };
  const report = async (method: string, path: string, body: object) =>
    expect((await send(server.url, method, path, JSON.stringify(body), headers)).status, path).toBeLessThan(300);
  await report("PUT", "/inventory", { schema_version: 1, groups: { system: { version: MARKUP, [MARKUP]: MARKUP }, [MARKUP]: { x: MARKUP } } });
  const error = { code: MARKUP, message: MARKUP };
  await report("PUT", "/progress", { step: "permissions", missing_permissions: [MARKUP], error });
  await report("POST", "/state", { seq: 1, network: MARKUP, permissions: { [MARKUP]: true } });
  await server.api.call("POST", `/devices/${reply.device_id}/commands`, { type: "message", params: { text: MARKUP } });
  const [command] = await (await fetch(`${server.url}/agent/v1/commands?wait=5`, { headers })).json();
  await report("POST", `/commands/${command.uuid}/result`, { status: "error", error });

  const [slot] = await server.api.slots();
  await admin.goto(`/devices/${slot!.id}`);
  await expect(page.locator("[data-command=message]")).toHaveAttribute("data-state", "failed");
  await expect(page.getByRole("region", { name: "Capabilities" })).toContainText("<script>");
  await expectHarmless(page, "detail");
  await page.getByRole("button", { name: "Message", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("<script>");
  await expectHarmless(page, "message dialog");
  await admin.goto("/devices");
  await expectHarmless(page, "list");
});

test("the search shows its query as text", async ({ admin }) => {
  await admin.goto(`/devices?q=${encodeURIComponent(MARKUP)}&search=${encodeURIComponent(MARKUP)}&status=${encodeURIComponent(MARKUP)}`);
  await expect(admin.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectHarmless(admin.page, "search");
});

test("hostile names on the landing page and in the email", async ({ server, smtp, phone }) => {
  for (const [index, name] of HOSTILE_NAMES.entries()) {
    await server.api.invite({ name, email: emailOf(index) });
    const email = await smtp.emailTo(emailOf(index));
    expect(email.text).toContain(`Hello ${name.trim()},`);
    expect(email.html).not.toContain("<script");
    const landing = new Landing(phone.page);
    await phone.page.goto(linkIn(email));
    await expect(phone.page.getByRole("heading", { level: 1 })).toContainText(name.trim().slice(0, 20));
    await expectHarmless(phone.page, "choice");
    await landing.accept("Company", "Linux or other");
    await expectHarmless(phone.page, "steps");
  }
});

/** No name was executed, and none makes the page wider than the screen. */
async function expectHarmless(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(() => "attacked" in window), `${where}: nothing was executed`).toBe(false);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${where}: no sideways scrolling`).toBeLessThanOrEqual(0);
}
