// What has to work in a browser that runs no scripts.
import { expect, phoneContext, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/landing.ts";
import { ADMIN } from "../fixtures/server.ts";
import { linkIn, pinIn } from "../fixtures/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("a person without scripts gets through the landing page", async ({ browser, server, smtp, newAgent }) => {
  const { id } = await server.api.invite(ADA);
  const mail = await smtp.mailTo(ADA.email);
  const context = await phoneContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  const landing = new Landing(page);
  await page.goto(linkIn(mail));
  await landing.accept("Personal");
  await expect(landing.status).toHaveText("Waiting for your phone…");
  expect((await server.api.invitation(id)).state).toBe("opened");
  await page.getByText("Enter a PIN instead").click();
  await expect(page.getByText(pinIn(mail), { exact: true })).toBeVisible();
  // Buttons that only a script can serve are not shown.
  await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);

  const agent = await newAgent();
  await agent.enroll(linkIn(mail), "admin");
  await page.getByRole("link", { name: "Check again" }).click();
  await expect(landing.status).toContainText("step 3 of 5");
  await agent.resume();
  // Nobody presses anything: the page reloads by itself.
  await landing.expectHeading("You’re done, Ada Lovelace");
  await context.close();
});

test("an incomplete form comes back with a word about it", async ({ browser, server, smtp }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.mailTo(ADA.email));
  const answer = await fetch(link, {
    method: "POST",
    body: new URLSearchParams({ platform: "android" }),
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  const context = await phoneContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(answer.headers.get("location")!, link).href);
  await expect(page.getByRole("alert")).toHaveText("Please answer both questions, then accept again.");
  await new Landing(page).accept();
  await context.close();
});

test("an admin signs in", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}/devices`);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Email")).toBeVisible();
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/devices");
  await expect(page.getByRole("heading", { level: 1, name: "Mobile devices" })).toBeVisible();
  await context.close();
});
