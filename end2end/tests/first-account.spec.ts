// The first account, through the link that the server prints once.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";

const FIRST = { email: "first@example.com", password: "fifteen or more characters" };

test("the printed link creates the first account, once", async ({ page, browser, freshServer: server }) => {
  const link = server.setupPath;
  const first = new Console(page, server.url);
  await first.goto(link);
  await page.getByLabel("Email").fill(FIRST.email);
  await page.getByLabel(/^New password/).fill("too short");
  await page.getByRole("button", { name: "Create account" }).click();
  // The browser's own validation blocks the form.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create the first account");
  await page.getByLabel(/^New password/).fill(FIRST.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/devices");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mobile devices");
  // Settings name each command once, and no place on the server.
  await first.goto("/settings");
  await expect(page.locator(".keys dd").filter({ hasText: "Command palette" })).toHaveCount(1);
  await expect(page.locator(".keys dt").first()).toHaveText("Ctrl K ?");
  const mail = page.getByRole("region", { name: "Email", exact: true });
  await expect(mail).toContainText("in the folder mail of the server’s data");
  await expect(mail).not.toContainText(server.dataDir);
  first.guard.check();

  const other = await (await browser.newContext()).newPage();
  await new Console(other, server.url).goto(link);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  await other.context().close();
  await server.kill9();
  server.output = "";
  await server.restart();
  // The link would stand before the first request.
  await expect.poll(() => server.output).toContain("GET /readyz 200");
  expect(server.output).not.toContain("/setup/");
});

test("a guessed link creates nothing", async ({ page, freshServer: server }) => {
  await new Console(page, server.url).goto(`/setup/${"a".repeat(32)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
  await expect(page.getByRole("button", { name: "Create account" })).toHaveCount(0);
});
