// The command palette and shortcut keys.
import { type Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/checks/axe.ts";
import { expect, test } from "../fixtures/index.ts";

function palette(page: Page) {
  return page.getByRole("dialog", { name: "Command palette" });
}

test("every page is a few keys away", async ({ admin, page }) => {
  await admin.goto("/settings");
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("invit");
  const selected = palette(page).getByRole("option", { selected: true });
  await expect(selected).toHaveText(/^Invitations/);
  await page.keyboard.press("ArrowDown");
  await expect(selected).toHaveText("Invite people");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/invitations$/);
  await expect(page.getByRole("heading", { name: "Invitations", level: 1 })).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeFocused();
});

test("the palette opens dialogs, searches lists, and returns the focus", async ({ admin, page }) => {
  await admin.goto("/devices");
  const search = page.getByRole("searchbox");
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("?");
  await expect(search, "a shortcut key in a field is text").toHaveValue("?");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(search).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("add a p");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add a person" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(`<b>"Ada" & 100%`);
  await expect(palette(page).getByRole("option")).toHaveCount(3);
  await palette(page).getByRole("option", { name: /^Search people for/ }).click();
  await expect(page).toHaveURL(/\/people\?/);
  await expect(page.getByRole("searchbox")).toHaveValue(`<b>"Ada" & 100%`);
});

test("shortcut keys without Ctrl can be switched off", async ({ admin, page }) => {
  await admin.goto("/settings");
  await page.getByLabel("Use shortcut keys without Ctrl").uncheck();
  await page.reload();
  await expect(page.getByLabel("Use shortcut keys without Ctrl")).not.toBeChecked();
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  expect(page.url()).toContain("/settings");
});

test("the palette is accessible", async ({ admin, page }) => {
  await admin.goto("/devices");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await expectAccessible(page, "palette");
  await page.keyboard.type("no such thing can be found");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});
