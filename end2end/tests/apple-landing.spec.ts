// The landing page of iPhones and iPads, in each browser that it is opened in.
import { type BrowserContextOptions, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { scan } from "../fixtures/checks/qr.ts";
import { appleTest, expect, iphoneContext, test as withoutCertificate } from "../fixtures/index.ts";
import { Guard } from "../fixtures/pages/guard.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import type { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const DESKTOP_SAFARI = `${MAC} Version/18.5 Safari/605.1.15`;
const CHROME = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/138.0 Mobile/15E148 Safari/604.1";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36";

interface Person {
  /** Opens the page of an invitation in a browser of its own. */
  open(options?: BrowserContextOptions): Promise<Landing>;
  id: string;
  url: string;
}

/** A person with an invitation; at the end no browser has reported anything and every page fits its screen. */
const test = appleTest.extend<{ person: Person }>({
  person: async ({ browser, server }, use) => {
    const { id, url } = await invite(server);
    const opened: { page: Page; guard: Guard }[] = [];
    const open = async (options: BrowserContextOptions = {}) => {
      const page = await (await iphoneContext(browser, options)).newPage();
      const guard = new Guard(page);
      // The page of an invitation that has ended.
      guard.allow(/410 \(Gone\)/);
      opened.push({ page, guard });
      await page.goto(url);
      return new Landing(page);
    };
    await use({ open, id, url });
    for (const { page, guard } of opened) {
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
      guard.check();
      await page.context().close();
    }
  },
});

async function invite(server: Server): Promise<{ id: string; url: string }> {
  const { id } = await server.api.invite(ADA, false);
  return { id, url: (await server.api.credentials(id)).url };
}

const profileLink = (landing: Landing) => landing.page.locator('a[href*="/profile"]');
const steps = (landing: Landing) => landing.page.locator("ol.steps > li");
const qr = (landing: Landing) => landing.page.locator("svg.qr");

test("Safari gets the profile by a tap, and the page then counts the minutes", async ({ person }) => {
  const landing = await person.open();
  const { page } = landing;
  await landing.accept("Company", "iPhone");
  await expect(landing.status).toHaveText("Waiting for your iPhone…");
  await expect(steps(landing)).toHaveCount(4);
  await expect(page.getByRole("link", { name: "Open in Safari" })).toHaveCount(0);
  await expect(qr(landing)).toHaveCount(0);
  const [answer, file] = await Promise.all([page.waitForResponse(/\/profile/), landing.getProfile()]);
  // Without a name for the file: with one, Safari would save it instead of offering to install it.
  expect(await answer.allHeaders()).toMatchObject({ "content-type": "application/x-apple-aspen-config", "cache-control": "no-store" });
  expect(await answer.headerValue("content-disposition")).toBeNull();
  expect(await readFile(file, "utf8")).toContain("com.apple.mdm");
  await expect(landing.status).toHaveText(/within 8 minutes\.$/);
  expect(page.url()).toContain(person.url);
});

test("another browser of an iPhone leads to Safari, keeps the link and the steps", async ({ person }) => {
  const landing = await person.open({ userAgent: CHROME });
  await landing.accept("Personal", "iPhone");
  await expect(landing.page.getByRole("heading", { name: "Open this page in Safari" })).toBeVisible();
  await expect(landing.page.getByRole("link", { name: "Open in Safari" })).toHaveAttribute("href", `x-safari-${person.url}`);
  await expect(landing.page.locator("#link")).toHaveText(person.url);
  await expect(profileLink(landing)).toBeVisible();
});

test("a computer shows the code that opens the same page on the iPhone", async ({ person }) => {
  const landing = await person.open({ userAgent: WINDOWS, isMobile: false, hasTouch: false });
  await landing.accept("Personal", "iPhone");
  await expect(landing.page.getByRole("heading", { name: "Open this page on your iPhone" })).toBeVisible();
  expect(await scan(qr(landing))).toBe(person.url);
  await expect(profileLink(landing)).toHaveCount(0);
});

test("an iPad that calls itself a Mac is an iPad", async ({ person }) => {
  const landing = await person.open({ userAgent: DESKTOP_SAFARI });
  const session = await landing.page.context().newCDPSession(landing.page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 5 });
  await landing.page.reload();
  await expect(landing.page.getByRole("radio", { name: "iPad" })).toBeChecked();
  await landing.accept("Personal", "iPad");
  expect(await landing.page.evaluate(() => navigator.maxTouchPoints)).toBe(5);
  await expect(profileLink(landing)).toBeVisible();
  await expect(landing.page.getByText("A Mac cannot be enrolled")).toBeHidden();
});

test("a Mac is told that it is none, and how to get to the device that was chosen", async ({ person }) => {
  const landing = await person.open({ userAgent: DESKTOP_SAFARI, isMobile: false, hasTouch: false });
  await landing.accept("Personal", "iPhone");
  await expect(landing.page.getByText("A Mac cannot be enrolled. Open this page on your iPhone.")).toBeVisible();
  expect(await scan(qr(landing))).toBe(person.url);
});

test("a page that is left open says that its invitation has ended, and so does its profile", async ({ person, server }) => {
  const landing = await person.open();
  await landing.accept("Personal", "iPhone");
  const other = await person.open();
  await server.api.deactivate(person.id);
  // The link of a page that was opened before.
  const [answer] = await Promise.all([other.page.waitForResponse(/\/profile/), profileLink(other).click()]);
  expect(answer.status()).toBe(410);
  for (const page of [landing, other]) await page.expectHeading("This invitation was deactivated");
});

withoutCertificate("without a push certificate the page says so, and the row says why and what to do", async ({ admin, server, browser }) => {
  const { url } = await invite(server);
  await admin.markDocument();
  const context = await iphoneContext(browser);
  const landing = new Landing(await context.newPage());
  await landing.page.goto(url);
  await landing.accept("Personal", "iPad");
  await expect(landing.page.getByRole("heading", { name: "iPads cannot be enrolled at the moment" })).toBeVisible();
  await expect(landing.page.getByRole("link", { name: "Choose another device" })).toBeVisible();
  await expect(profileLink(landing)).toHaveCount(0);
  await context.close();

  const row = admin.row(ADA.email);
  await expect(row.getByText(/None can be enrolled until there is a push certificate/)).toBeVisible();
  await admin.expectNoReload();
  await row.getByRole("link", { name: "Set up Apple devices" }).click();
  await expect(admin.page.getByRole("heading", { level: 1, name: "Apple devices" })).toBeVisible();
});
