// The audit log is a page of the console: its frame is around it, and a phone shows it without scrolling sideways.
import { expect, test } from "../fixtures/index.ts";

/** How many entries a page has. */
const PAGE = 100;

test("the audit log stands in the frame, shows a page at a time, and Back leads to the page before", async ({ admin, server }) => {
  const { page } = admin;
  for (let count = 0; count < PAGE; count++) expect((await server.api.raw("GET", "/people/export")).ok).toBe(true);
  await admin.goto("/settings");
  await admin.markDocument();
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Settings" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  const events = page.getByRole("rowheader");
  await expect(events).toHaveCount(PAGE);
  await expect(events.last()).toHaveText("List exported");
  await page.getByRole("link", { name: "Older entries" }).click();
  await expect(events.last()).toHaveText("Account created");
  await expect(page.getByRole("link", { name: "Older entries" })).toHaveCount(0);
  await page.goBack();
  await expect(events).toHaveCount(PAGE);
  await page.locator(".crumb").getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await admin.expectNoReload();
});

test("a phone shows every value of the audit log within its width", async ({ admin }) => {
  const { page } = admin;
  await page.setViewportSize({ width: 390, height: 800 });
  await admin.goto("/settings/audit");
  const signedIn = page.getByRole("row").filter({ hasText: "Signed in" }).first();
  for (const text of ["Signed in", "admin@example.com", "127.0.0.1"]) await expect(signedIn).toContainText(text);
  const outside = await page.locator("main *").evaluateAll((elements) =>
    elements.filter((element) => {
      if (element.closest("thead, .visually-hidden")) return false;
      return element.getBoundingClientRect().right > innerWidth || element.scrollWidth > Math.max(element.clientWidth, element.getBoundingClientRect().width) + 1;
    }).map((element) => element.outerHTML.slice(0, 200)),
  );
  expect(outside).toEqual([]);
  // Each row is a card: its values are below one another, and a value that is not there takes no place.
  const tops = await signedIn.getByRole("cell").evaluateAll((cells) => cells.filter((cell) => cell.checkVisibility()).map((cell) => cell.getBoundingClientRect().top));
  expect(tops).toHaveLength(3);
  expect(new Set(tops).size).toBe(3);
});
