// Settings → Apple devices: from the request to the push certificate, its warnings, and what is refused.
import { type Browser, type Page } from "@playwright/test";
import { expect, iphoneContext, test as base } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { PretendedApple } from "../fixtures/programs/apple.ts";
import { ADMIN, Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const TOPIC = "com.apple.mgmt.External.first";
const OTHER = "com.apple.mgmt.External.second";

const test = base.extend<{ apple: PretendedApple }>({
  apple: async ({}, use) => {
    const apple = await PretendedApple.create();
    await use(apple);
    await apple.remove();
  },
});

/** Makes a request and downloads it; returns the file. */
async function request(page: Page): Promise<string> {
  await page.getByRole("button", { name: /Make (a|another) request/ }).click();
  const link = page.getByRole("link", { name: "Download the request" });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("rollcall-push.csr");
  return (await download.path())!;
}

async function upload(page: Page, certificate: string): Promise<void> {
  await page.getByLabel("Certificate", { exact: true }).setInputFiles(certificate);
  await page.getByRole("button", { name: "Upload", exact: true }).click();
}

const bar = (page: Page) => page.getByRole("region", { name: "Notice about iPhones and iPads" });

test("an admin gets a push certificate, is warned of its end, and renews it", async ({ admin, apple, smtp, server }) => {
  const { page } = admin;
  await admin.goto("/settings");
  await page.getByRole("link", { name: "Apple devices" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Apple devices" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("There is no push certificate");
  await expect(bar(page)).toHaveCount(0);

  // What is no certificate is refused, and changes nothing.
  const first = await request(page);
  await upload(page, first);
  await expect(page.getByRole("alert").first()).toContainText("not a push certificate");

  // One that ends soon: the page and every other one say so.
  await page.getByLabel("Apple Account").fill("mdm@example.com");
  await upload(page, await apple.answer(first, { topic: TOPIC, days: 20 }));
  await expect(page.getByText("The push certificate is in use.")).toBeVisible();
  await expect(page.getByText(TOPIC)).toBeVisible();
  await expect(page.getByLabel("Apple Account")).toHaveValue("mdm@example.com");
  for (const place of ["/settings/apple", "/devices"]) {
    await admin.goto(place);
    await expect(bar(page)).toContainText("expires in 20 days");
  }
  await admin.markDocument();
  await bar(page).getByRole("link", { name: "Details" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Renew the push certificate" })).toBeVisible();
  await admin.expectNoReload();

  // The worker looks once an hour, and when it starts.
  await server.kill9();
  await server.restart();
  const mail = await smtp.emailTo(ADMIN.email);
  expect(mail.subject).toBe("The push certificate for iPhones and iPads expires in 20 days");
  expect(mail.text).toContain("mdm@example.com");

  // Renewed, nothing is left to say.
  await admin.goto("/settings/apple");
  await upload(page, await apple.answer(await request(page), { topic: TOPIC, days: 365 }));
  await expect(page.getByText("The push certificate is valid.")).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

/** Somebody enrolls an iPhone. */
async function enrolled(browser: Browser, server: Server, apple: PretendedApple, admin: Console): Promise<void> {
  const { id } = await server.api.invite(ADA, false);
  const { url } = await server.api.credentials(id);
  const context = await iphoneContext(browser);
  const page = await context.newPage();
  await page.goto(url);
  await new Landing(page).accept("Company", "iPhone");
  const [download] = await Promise.all([page.waitForEvent("download"), page.goto(`${url}/profile`).catch(() => undefined)]);
  const iphone = apple.iphone((await download.path())!, { supervised: false, asksEvery: 1 });
  await admin.goto("/devices");
  await expect(admin.row(ADA.email)).toHaveAttribute("data-status", "active", { timeout: 60_000 });
  await iphone.stop();
  await context.close();
}

test("a certificate with another topic is taken only from who types it, while iPhones depend on the present one", async ({ admin, apple, browser, server }) => {
  test.setTimeout(120_000);
  const { page } = admin;
  await admin.goto("/settings/apple");
  await upload(page, await apple.answer(await request(page), { topic: TOPIC }));
  await enrolled(browser, server, apple, admin);

  await admin.goto("/settings/apple");
  const other = await apple.answer(await request(page), { topic: OTHER });
  await upload(page, other);
  await expect(page.getByRole("alert")).toContainText(`another topic (${OTHER}). 1 phone is enrolled`);
  await page.getByLabel("Topic of the new certificate").fill(TOPIC);
  await upload(page, other);
  await expect(page.getByRole("alert")).toContainText("another topic");
  await page.getByLabel("Topic of the new certificate").fill(OTHER);
  await upload(page, other);
  await expect(page.getByText("The push certificate is in use.")).toBeVisible();
  await expect(page.getByText(OTHER)).toBeVisible();
});
