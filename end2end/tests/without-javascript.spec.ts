// What has to work in a browser without JavaScript.
import { expect, phoneContext, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { ADMIN } from "../fixtures/programs/server.ts";
import { linkIn, pinIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("the landing page works without JavaScript", async ({ browser, server, smtp, newAgent }) => {
  const { id } = await server.api.invite(ADA);
  const email = await smtp.emailTo(ADA.email);
  const context = await phoneContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  const landing = new Landing(page);
  await page.goto(linkIn(email));
  await landing.accept("Personal");
  await expect(landing.status).toHaveText("Waiting for your phone…");
  expect((await server.api.invitation(id)).state).toBe("opened");
  await page.getByText("Enter a PIN instead").click();
  await expect(page.getByText(pinIn(email), { exact: true })).toBeVisible();
  // Buttons that need a script are hidden.
  await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);

  const agent = await newAgent();
  await agent.enroll(linkIn(email), "admin");
  await page.getByRole("link", { name: "Check again" }).click();
  await expect(landing.status).toContainText("step 3 of 5");
  await agent.resume();
  // Without any action, the page reloads by itself.
  await landing.expectHeading("You’re done, Ada Lovelace");
  await context.close();
});

test("an incomplete form comes back with a hint", async ({ browser, server, smtp }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const response = await fetch(link, {
    method: "POST",
    body: new URLSearchParams({ platform: "android" }),
    redirect: "manual",
  });
  expect(response.status).toBe(303);
  const context = await phoneContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(response.headers.get("location")!, link).href);
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
