// iPhones: from the invitation to the enrolled device and to its end, with the profile of the real page.
import { type Browser } from "@playwright/test";
import { Console } from "../fixtures/pages/console.ts";
import { Guard } from "../fixtures/pages/guard.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { expect, iphoneContext, appleTest as test } from "../fixtures/index.ts";
import type { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

/** The person opens the page on an iPhone, accepts, and downloads the profile. */
async function takeProfile(browser: Browser, url: string, ownership: "Company" | "Personal") {
  const context = await iphoneContext(browser);
  const page = await context.newPage();
  const guard = new Guard(page);
  const landing = new Landing(page);
  await page.goto(url);
  await landing.accept(ownership, "iPhone");
  return { context, page, guard, landing, profile: await landing.getProfile() };
}

async function invite(server: Server): Promise<string> {
  const { id } = await server.api.invite(ADA, false);
  return (await server.api.credentials(id)).url;
}

/** Opens the page of the only device. */
async function openDevice(admin: Console, server: Server): Promise<void> {
  const [slot] = await server.api.slots();
  await admin.goto(`/devices/${slot!.id}`);
}

test("an iPhone enrolls with the profile of its page while the admin watches, and is pushed, lost, found and erased", async ({ admin, server, apple, browser }) => {
  test.setTimeout(180_000);
  const { page } = admin;
  const url = await invite(server);
  await admin.markDocument();
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "created");
  const person = await takeProfile(browser, url, "Company");
  await expect(row).toHaveAttribute("data-status", "opened");

  const iphone = apple.iphone(person.profile, { supervised: true, asksEvery: 2 });
  try {
    for (const status of ["pending", "enrolling", "active"]) {
      await expect(row).toHaveAttribute("data-status", status, { timeout: 60_000 });
    }
    await admin.expectNoReload();

    await openDevice(admin, server);
    await admin.markDocument();
    const command = (type: string) => page.locator(`[data-command=${type}]`).first();
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await admin.confirm("Lock");
    await expect(command("lock")).toHaveAttribute("data-state", "completed");

    // Locating needs lost mode.
    await expect(page.getByRole("button", { name: "Locate" })).toHaveAccessibleDescription(/lost mode/);
    await page.getByRole("button", { name: "Lost mode", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Lost mode" });
    await dialog.getByLabel("Message").fill("Please call us.");
    await dialog.getByRole("button", { name: "Turn on lost mode" }).click();
    await expect(page.locator("[data-fact=lost] strong")).toHaveText("On");
    await expect(page.locator("[data-fact=place]")).toContainText("±");
    await expect(page.getByRole("button", { name: "Locate" })).not.toHaveAttribute("aria-disabled", "true");
    await page.getByRole("button", { name: "End lost mode" }).click();
    await expect(page.locator("[data-fact=lost] strong")).toHaveText("Off");

    await page.getByRole("button", { name: "Wipe" }).click();
    const wipe = page.getByRole("dialog", { name: "Wipe this device?" });
    await wipe.getByRole("textbox").fill((await server.api.slots())[0]!.device!.name!);
    await wipe.getByRole("button", { name: "Wipe everything" }).click();
    await expect(page.locator(".detail")).toHaveAttribute("data-status", "wiped");
    await admin.expectNoReload();
    await expect.poll(() => iphone.output).toContain("Enrolled");
  } finally {
    await iphone.stop();
  }
  // At least the first commands were asked for by a push.
  expect(iphone.output).toMatch(/pushes: [1-9]/);
  person.guard.check();
  await person.context.close();
});

test("an iPhone that is personal and not supervised says what it cannot do", async ({ admin, server, apple, browser }) => {
  test.setTimeout(120_000);
  const { page } = admin;
  const person = await takeProfile(browser, await invite(server), "Personal");
  const iphone = apple.iphone(person.profile, { supervised: false });
  try {
    await expect(admin.row(ADA.email)).toHaveAttribute("data-status", "active", { timeout: 60_000 });
    await openDevice(admin, server);
    const why = async (button: string, reason: RegExp) => {
      const found = page.getByRole("button", { name: button, exact: true });
      await expect(found).toHaveAttribute("aria-disabled", "true");
      await expect(found).toHaveAccessibleDescription(reason);
    };
    await why("Wipe", /only its owner can erase it/);
    await why("Lost mode", /supervised/);
    await why("Locate", /supervised/);
    await why("Ring", /supervised/);
    await expect(page.getByRole("button", { name: "Lock", exact: true })).not.toHaveAttribute("aria-disabled", "true");
    for (const width of [1440, 375]) {
      await page.setViewportSize({ width, height: 900 });
      const operations = page.locator(".operations .button");
      const tooWide = await operations.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
      expect(tooWide, `labels wider than their buttons at ${width} pixels`).toEqual([]);
    }
  } finally {
    await iphone.stop();
  }
  person.guard.check();
  await person.context.close();
});
