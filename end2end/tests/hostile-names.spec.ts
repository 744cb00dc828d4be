// Names that are markup, turn text around or are endless, on every page that shows names.
import type { Page } from "@playwright/test";
import { HOSTILE_NAMES, MARKUP } from "../fixtures/hostile.ts";
import { expect, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/landing.ts";
import { byToken, enroll } from "../fixtures/raw.ts";
import { linkIn } from "../fixtures/smtp.ts";

const emailOf = (index: number) => `hostile${index}@example.com`;

test("hostile names are shown as they are, on every page, and never run", async ({ admin, server, smtp }) => {
  for (const [index, name] of HOSTILE_NAMES.entries()) await server.api.invite({ name, email: emailOf(index) });
  // A device may call itself what it likes, too.
  const link = linkIn(await smtp.mailTo(emailOf(0)));
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

test("dialogs take hostile names", async ({ admin, server }) => {
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

test("the search shows what is searched for as text", async ({ admin }) => {
  await admin.goto(`/devices?q=${encodeURIComponent(MARKUP)}&search=${encodeURIComponent(MARKUP)}&status=${encodeURIComponent(MARKUP)}`);
  await expect(admin.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectHarmless(admin.page, "search");
});

test("hostile names on the landing page and in the mail", async ({ server, smtp, phone }) => {
  for (const [index, name] of HOSTILE_NAMES.entries()) {
    await server.api.invite({ name, email: emailOf(index) });
    const mail = await smtp.mailTo(emailOf(index));
    expect(mail.text).toContain(`Hello ${name.trim()},`);
    expect(mail.html).not.toContain("<script");
    const landing = new Landing(phone.page);
    await phone.page.goto(linkIn(mail));
    await expect(phone.page.getByRole("heading", { level: 1 })).toContainText(name.trim().slice(0, 20));
    await expectHarmless(phone.page, "choice");
    await landing.accept("Company", "Linux or other");
    await expectHarmless(phone.page, "steps");
  }
});

/** Nothing of a name was run, and no name makes the page wider than the screen. */
async function expectHarmless(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(() => "attacked" in window), `${where}: nothing was run`).toBe(false);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${where}: no sideways scrolling`).toBeLessThanOrEqual(0);
}
