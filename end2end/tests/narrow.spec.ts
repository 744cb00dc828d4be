// The console at 320 px, the width of a 1280 px window at 400 % zoom (WCAG 1.4.10), and in forced colours.
import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures/index.ts";

const PAGES = ["/devices", "/invitations", "/people", "/people/import", "/settings", "/settings/audit", "/settings/apple", "/devices?q=nobody", "/nothing/here"];

/** Nothing is wider than the window, except tables that scroll in their own frame. */
async function expectFits(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content, page.url()).toBeLessThanOrEqual(window!);
}

test("no page and no dialog scrolls sideways at 320 px", async ({ admin, page, server }) => {
  admin.guard.allow(/404/);
  const long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
  await admin.invite(`${long} <ada@example.com>\n${"x".repeat(60)}@${"y".repeat(60)}.example.com`, false);
  await page.setViewportSize({ width: 320, height: 640 });
  const details = (await server.api.slots()).map((slot) => `/devices/${slot.id}`);
  for (const path of [...PAGES, ...details]) {
    await admin.goto(path);
    await expect(page.locator("h1")).toBeVisible();
    await expectFits(page);
  }
  await page.keyboard.press("Control+k");
  await expectFits(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show credentials" }).first().click();
  await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expectFits(page);
});

/** The names of the columns, as the browser tells them to screen readers. */
async function columnNames(page: Page): Promise<string[]> {
  const browser = await page.context().newCDPSession(page);
  const { nodes } = await browser.send("Accessibility.getFullAXTree");
  return nodes.filter((node) => node.role?.value === "columnheader").map((node) => String(node.name?.value));
}

test("every stop of the Tab key is in sight at 390 px", async ({ admin, page, server }) => {
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const path of ["/devices", "/invitations", "/people"]) {
    await admin.goto(path);
    await expect(page.getByText("ada@example.com")).toBeVisible();
    const stops = page.locator("a[href], button, input, select, textarea, [tabindex='0']");
    const hidden = await stops.evaluateAll((elements) =>
      elements.filter((element) => {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(".skip-link")) return false;
        const clipped = element.closest("thead");
        const box = (clipped ?? element).getBoundingClientRect();
        return box.width < 2 || box.height < 2;
      }).map((element) => element.outerHTML),
    );
    expect(hidden, path).toEqual([]);
    if (path === "/devices") expect(await columnNames(page), "the names of the columns stay for screen readers").toContain("Person");
  }
});

test.describe("forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("what a colour shows also has a border or an icon", async ({ admin, page }) => {
    await admin.invite("ada@example.com", false);
    await admin.goto("/devices");
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    const badge = page.locator(".badge").first();
    await expect(badge).toBeVisible();
    expect(await badge.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe("solid");
    const current = page.getByRole("link", { name: "Mobile devices", exact: true }).first();
    expect(await current.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
    await page.keyboard.press("Control+k");
    const selected = page.getByRole("dialog").getByRole("option", { selected: true });
    expect(await selected.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
  });
});
