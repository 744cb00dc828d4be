// What a page shows about its connection to the server, and what it does without one.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/index.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("a page of an older version asks for a reload", async ({ admin, context }) => {
  const { page } = admin;
  await expect(page.getByRole("alert", { name: "Update" })).toBeHidden();
  // The requests of a worker cannot be answered by a test.
  await context.addInitScript(() => Reflect.deleteProperty(window, "SharedWorker"));
  await page.route("**/live?*", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: "event: front-end\ndata: /pkg/rollcall.other.wasm\n\n" }),
  );
  await page.reload();
  await admin.waitUntilInteractive();
  const notice = page.getByRole("alert", { name: "Update" });
  await expect(notice).toContainText("Rollcall was updated.");
  await page.unroute("**/live?*");
  await notice.getByRole("link", { name: "Reload the page" }).click();
  await admin.waitUntilInteractive();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(notice).toBeHidden();
});

test("a lost connection is shown, and no change is missed", async ({ admin, server }) => {
  const { page } = admin;
  admin.guard.allow(/net::ERR_/);
  const bar = page.getByRole("alert", { name: "Connection" });
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await server.kill9();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await expect(bar).toContainText(/No connection since \d/);
  await server.restart();
  await server.api.invite(ADA, false);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(admin.row("ada@example.com")).toBeVisible();
  await expect(bar).toBeHidden();
});

test("a server that hangs is not waited for, and old rows are not taken for new ones", async ({ admin, server }) => {
  const { page } = admin;
  admin.guard.allow(/net::ERR_/);
  await server.api.invite(ADA, false);
  await expect(admin.row("ada@example.com")).toBeVisible();
  await page.clock.install();
  server.freeze();
  await page.getByLabel("Status", { exact: true }).selectOption({ label: "Active MDM" });
  const table = page.getByRole("table");
  await expect(table).toHaveAttribute("aria-busy", "true");
  await page.clock.runFor(10_000);
  const again = page.getByRole("button", { name: /Try (again|now)/ });
  await expect(again.first()).toBeVisible();
  // The row of before stands under the new filter, and is marked as old.
  await expect(admin.row("ada@example.com")).toBeVisible();
  await expect(table).toHaveAttribute("data-stale", "");
  server.thaw();
  await again.first().click();
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await expect(again).toHaveCount(0);
});

test("the end of the session is said once, and signing in comes back to the same place", async ({ admin, server, page }) => {
  admin.guard.allow(/401|\/live/);
  await server.api.invite(ADA, false);
  await expect(admin.row("ada@example.com")).toBeVisible();
  await page.getByLabel("Search", { exact: false }).first().fill("ada");
  await page.waitForURL(/q=ada/);
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers = { cookie, origin: server.url };
  await fetch(`${server.url}/fn/account/sign-out`, { method: "POST", headers, redirect: "manual" });
  // The stream ends with its session: nobody has to click.
  const bar = page.getByRole("alert", { name: "Session" });
  await expect(bar).toContainText("You are signed out.");
  await page.getByLabel("Search", { exact: false }).first().fill("adam");
  await page.waitForURL(/q=adam/);
  await expect(page.getByText("You are signed out.")).toHaveCount(1);
  await expect(page.locator("[data-live=off]")).toBeVisible();
  await expect(admin.row("ada@example.com")).toBeVisible();
  await bar.getByRole("link", { name: "Sign in again" }).click();
  await expect(page).toHaveURL(/sign-in\?next=.*q%3Dadam/);
});

/** What a page asks for after this. */
function requests(page: Page, path: string): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === path) asked.push(request.url());
  });
  return asked;
}

/** Notes what the page hears after this; returns what it has heard. */
async function hearing(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener("live-change", (event) => heard.push((event as MessageEvent).data));
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test("many changes of what a list does not show are one fetch", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  await admin.goto("/devices?q=lovelace");
  await expect(admin.row("ada@example.com")).toBeVisible();
  await expect(page.locator("html[data-shown]")).toBeAttached();
  const [asked, heard] = [requests(page, "/fn/slots/list"), await hearing(page)];
  // The page waits a moment before it fetches; here until all have happened.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  for (let number = 0; number < 20; number++) {
    await server.api.invite({ name: `Person ${number}`, email: `person${number}@example.com` }, false);
  }
  await server.api.invite({ name: "Grace Lovelace", email: "grace@example.com" }, false);
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0);
  await page.clock.runFor(900);
  await expect.poll(() => asked.length).toBe(1);
  await page.clock.resume();
  // A row that matches comes in, though the list showed nothing of it.
  await expect(admin.row("grace@example.com")).toBeVisible();
});

test("a change of what a page shows is heard, and one of what it does not show is not", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  const [slot] = await server.api.slots();
  const bob = await server.api.invite({ name: "Bob Example", email: "bob@example.com" }, false);
  await admin.goto(`/devices/${slot!.id}`);
  await expect(page.locator("html[data-shown]")).toBeAttached();
  const heard = await hearing(page);
  // The page of another one changes, and then this one.
  await server.api.credentials(bob.id);
  await server.api.call("PATCH", `/people/${slot!.person_id}`, { name: "Ada King" });
  await expect(page.getByText("Ada King")).toBeVisible();
  const changes = await heard();
  expect(changes.some((change) => change.includes(slot!.person_id))).toBe(true);
  expect(changes.filter((change) => change.includes(bob.id))).toEqual([]);
});

test("a tab that nobody sees fetches nothing, and everything once it is seen", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(ADA, false);
  await expect(admin.row("ada@example.com")).toBeVisible();
  await page.clock.install();
  const heard = await hearing(page);
  const hide = (value: boolean) =>
    page.evaluate((hidden) => Object.defineProperty(document, "hidden", { value: hidden, configurable: true }), value);
  await hide(true);
  const asked = requests(page, "/fn/slots/list");
  await server.api.invite({ name: "Bob Example", email: "bob@example.com" }, false);
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0);
  // Far longer than a page that is seen waits.
  await page.clock.runFor(5000);
  expect(asked).toEqual([]);
  await hide(false);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect(admin.row("bob@example.com")).toBeVisible();
});
