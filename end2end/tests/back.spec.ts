// Back: it closes a dialog, and leads back to the place in a list.
import type { Page } from "@playwright/test";
import type { Console } from "../fixtures/pages/console.ts";
import type { Server } from "../fixtures/programs/server.ts";
import { expect, test } from "../fixtures/index.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

const place = (page: Page) => page.evaluate(() => Math.round(scrollY));

/** A list of 40 people in which one name fits 30, scrolled down. Returns a row in sight and the place. */
async function scrolledList(admin: Console, server: Server) {
  const { page } = admin;
  const lines = Array.from({ length: 40 }, (_, number) => `${number < 30 ? "Ada" : "Bob"} ${number},p${number}@example.com`);
  await server.api.import(`name,email\n${lines.join("\n")}\n`);
  const people = await server.api.call<{ items: { id: string; email: string }[] }>("GET", "/people?size=100");
  for (const { id } of people.items) await server.api.call("POST", "/invitations", { person_id: id, send: false });
  await page.setViewportSize({ width: 900, height: 500 });
  await admin.goto("/devices");
  await page.getByLabel("Order").selectOption({ label: "Name A–Z" });
  await page.getByRole("searchbox").fill("ada");
  await expect(page.getByText("30 rows")).toBeVisible();
  await page.evaluate(() => scrollTo(0, 700));
  const before = await place(page);
  expect(before).toBe(700);
  return before;
}

/** A link to an item that can be clicked without scrolling. */
async function openItemInSight(page: Page): Promise<void> {
  const links = page.locator("tbody a.name");
  for (const link of await links.all()) {
    const box = await link.boundingBox();
    if (box && box.y > 100 && box.y < 400) {
      await link.click();
      break;
    }
  }
  await page.waitForURL(/\/devices\/[0-9a-f-]+$/);
  await expect(page.locator(".detail")).toBeVisible();
}

test("Back closes the open dialog, and then leaves the page", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  await admin.goto("/people");
  await page.getByRole("link", { name: "Mobile devices" }).first().click();
  await expect(admin.row(ADA.email)).toBeVisible();
  await admin.markDocument();
  const dialog = page.getByRole("dialog");
  const invite = page.getByRole("button", { name: "Invite people" }).first();
  for (const open of [
    () => invite.click(),
    () => admin.rowAction(admin.row(ADA.email), "Show credentials"),
    () => admin.rowAction(admin.row(ADA.email), "Deactivate"),
    () => page.keyboard.press("Control+k"),
  ]) {
    await open();
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(/\/devices$/);
    await page.goForward();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mobile devices");
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => history.state?.dialog ?? "none")).toBe("none");
  }
  await invite.click();
  await page.goBack();
  await expect(invite, "the focus is back").toBeFocused();
  // Closed by other means, a dialog leaves nothing that Back stops at.
  await invite.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("People");
  await page.goForward();
  await expect(admin.row(ADA.email)).toBeVisible();
  await admin.expectNoReload();
});

test("a page that is opened from a dialog or after one is one step from where it was opened", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  await expect(admin.row(ADA.email)).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("people");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/people$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/devices$/);
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await page.keyboard.press("Escape");
  await page.getByLabel("Status", { exact: true }).selectOption({ label: "Active MDM" });
  await expect(page).toHaveURL(/status=active$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/devices$/);
  await expect(admin.row(ADA.email)).toBeVisible();
});

test("Back and the link to the list return to the filter, the order and the place", async ({ admin, server }) => {
  const { page } = admin;
  const before = await scrolledList(admin, server);
  const isThere = async () => {
    await expect(page).toHaveURL(/\?q=ada&sort=name$/);
    await expect.poll(() => place(page)).toBe(before);
    await expect(page.getByRole("searchbox")).toHaveValue("ada");
  };
  const crumb = page.locator(".crumb").getByRole("link", { name: "Mobile devices" });

  await openItemInSight(page);
  await page.goBack();
  await isThere();

  await openItemInSight(page);
  await crumb.click();
  await isThere();

  // A dialog on the item's page, and another item, are no detour.
  await openItemInSight(page);
  await page.getByRole("button", { name: "Show credentials" }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await crumb.click();
  await isThere();
  await openItemInSight(page);
  await page.getByRole("link", { name: "People" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("People");
  await page.goBack();
  await expect(page.locator(".detail")).toBeVisible();
  await crumb.click();
  await isThere();

  // The same list, asked for anew, begins at its top.
  await page.getByRole("link", { name: "Mobile devices" }).first().click();
  await expect(page).toHaveURL(/\/devices$/);
  await expect.poll(() => place(page)).toBe(0);
});

test("an item that is opened directly leads to the plain list", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  const [slot] = await server.api.slots();
  await admin.goto("/devices?q=ada");
  await admin.goto(`/devices/${slot!.id}`);
  await page.locator(".crumb").getByRole("link").click();
  await expect(page).toHaveURL(/\/devices$/);
  await expect(admin.row(ADA.email)).toBeVisible();
});
