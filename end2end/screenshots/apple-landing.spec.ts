// The landing page of iPhones and iPads, in each browser and language, and what the admin is told without a push certificate.
import { type BrowserContextOptions } from "@playwright/test";
import { appleTest as test, expect, iphoneContext, test as withoutCertificate } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import type { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const MAIL = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Safari/537.36";
const COMPUTER = { isMobile: false, hasTouch: false };
/** What shows the page. */
const BROWSERS: [name: string, options: BrowserContextOptions][] = [
  ["safari", {}],
  ["mail-program", { userAgent: MAIL }],
  ["computer", { userAgent: WINDOWS, ...COMPUTER }],
  ["mac", { userAgent: MAC, ...COMPUTER }],
];
const LANGUAGES = ["en", "de", "cs"];

/** Accepts an invitation with an iPhone; returns its link. */
async function accepted(server: Server): Promise<string> {
  const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  const { url } = await server.api.credentials(id);
  const body = new URLSearchParams({ ownership: "company", platform: "ios" });
  await fetch(url, { method: "POST", body, redirect: "manual" });
  return url;
}

for (const theme of THEMES) {
  test(`steps on an iPhone, ${theme}`, async ({ server, browser }) => {
    const url = await accepted(server);
    for (const [name, options] of BROWSERS) {
      const context = await iphoneContext(browser, { colorScheme: theme, ...options });
      const page = await context.newPage();
      const camera = new Camera(page, theme);
      for (const language of LANGUAGES) {
        await page.goto(`${url}?lang=${language}`);
        await camera.shoot(`landing-${name}-${language}`);
      }
      if (name === "safari") {
        await Promise.all([page.waitForEvent("download"), page.locator('a[href*="/profile"]').click()]);
        for (const language of LANGUAGES) {
          await page.goto(`${url}?lang=${language}`);
          await camera.shoot(`landing-fetched-${language}`);
        }
      }
      await context.close();
    }
  });

  withoutCertificate(`no push certificate, ${theme}`, async ({ server, browser }) => {
    const url = await accepted(server);
    const context = await iphoneContext(browser, { colorScheme: theme });
    const page = await context.newPage();
    for (const language of LANGUAGES) {
      await page.goto(`${url}?lang=${language}`);
      await new Camera(page, theme).shoot(`landing-not-ready-${language}`);
    }
    await context.close();

    const office = await browser.newContext({ colorScheme: theme, locale: "en-GB" });
    const admin = new Console(await office.newPage(), server.url);
    await admin.signIn();
    await expect(admin.row("ada@example.com").getByRole("link", { name: "Set up Apple devices" })).toBeVisible();
    await new Camera(admin.page, theme).shoot("no-push-certificate");
    await office.close();
  });
}
