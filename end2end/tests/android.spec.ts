// The Android app: the landing page in each browser that it is opened in, and the setup wizard of a company phone.
import { type BrowserContextOptions } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { scan } from "../fixtures/checks/qr.ts";
import { expect, phoneContext, test as base } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { Guard } from "../fixtures/pages/guard.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
/** A stand-in for the app: as much of an APK as the server reads. */
const APP = join(import.meta.dirname, "../../server/tests/http/files/app.apk");
const MAIL = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36";

/** A server with the app; the page of a person who accepted with an Android phone. */
const test = base.extend<{ open: (options?: BrowserContextOptions) => Promise<Landing>; url: string }>({
  server: async ({ smtp }, use) => {
    const server = await Server.start({ smtpUrl: smtp.url, androidApp: APP });
    await use(server);
    await server.stop();
  },
  url: async ({ server }, use) => {
    const { id } = await server.api.invite(ADA, false);
    await use((await server.api.credentials(id)).url);
  },
  open: async ({ browser, url }, use) => {
    const closing: (() => Promise<void>)[] = [];
    await use(async (options = {}) => {
      const context = await phoneContext(browser, options);
      const page = await context.newPage();
      const guard = new Guard(page);
      await page.goto(url);
      closing.push(async () => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
        guard.check();
        await context.close();
      });
      return new Landing(page);
    });
    for (const close of closing) await close();
  },
});

test("a phone downloads the app and opens it with its invitation", async ({ open, url }) => {
  const landing = await open();
  const { page } = landing;
  await landing.accept("Company");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the app" }).click()]);
  expect(download.suggestedFilename()).toBe("rollcall.apk");
  expect(await readFile((await download.path())!)).toEqual(await readFile(APP));
  const link = page.getByRole("link", { name: "Open in Rollcall" });
  await expect(link).toHaveAttribute("href", `${url.replace(/^https?:/, "rollcall:")}?ownership=company`);
  for (const help of ["If Android does not let the browser install apps", "If Android says “Restricted setting”"]) {
    await page.getByText(help).click();
  }
  await expect(page.locator("svg.figure")).toHaveCount(2);
  for (const figure of await page.locator("svg.figure").all()) await expect(figure).toBeVisible();
  await page.getByText("Enter a PIN instead").click();
  await expect(page.locator("#email")).toHaveText(ADA.email);
});

test("a mail program is left by the link, and a computer shows the code for the phone", async ({ open, url }) => {
  const mail = await open({ userAgent: MAIL });
  await mail.accept("Personal");
  await expect(mail.page.getByRole("heading", { name: "Open this page in your browser" })).toBeVisible();
  await expect(mail.page.locator("#link")).toHaveText(url);
  const computer = await open({ userAgent: WINDOWS, isMobile: false, hasTouch: false });
  await expect(computer.page.getByRole("heading", { name: "Open this page on your phone" })).toBeVisible();
  expect(await scan(computer.page.locator("svg.qr"))).toBe(url);
});

base("the credentials of an invitation have a code for the setup wizard of a company phone", async ({ page }) => {
  const server = await Server.start({ androidApp: APP, publicUrl: "https://mdm.example.com" });
  // So that nothing lies over the code.
  await page.setViewportSize({ width: 1280, height: 1400 });
  const admin = new Console(page, server.url);
  await admin.signIn();
  await server.api.invite(ADA, false);
  await admin.rowAction(admin.row(ADA.email), "Show credentials");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("New company phone").click();
  await expect(dialog.getByText(/Google lets only apps it has approved/)).toBeVisible();
  const code = JSON.parse(await scan(dialog.getByRole("img", { name: "QR code for the setup wizard" })));
  const extra = (name: string) => code[`android.app.extra.PROVISIONING_${name}`];
  expect(extra("DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION")).toBe("https://mdm.example.com/android/rollcall.apk");
  expect(extra("DEVICE_ADMIN_SIGNATURE_CHECKSUM")).toMatch(/^[\w-]{43}$/);
  const url = await dialog.locator("[data-secret=url]").textContent();
  expect(extra("ADMIN_EXTRAS_BUNDLE")).toEqual({ "rollcall.url": url });
  await server.stop();
});
