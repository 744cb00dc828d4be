// axe on every page and dialog, in light and dark.
import { Console } from "../fixtures/pages/console.ts";
import { expectAccessible } from "../fixtures/checks/axe.ts";
import { expect, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const GRACE = { name: "Grace Hopper", email: "grace@example.com" };
const ALAN = { name: "Alan Turing", email: "alan@example.com" };

// Each check takes a second or two.
test.slow();

test("pages before signing in", async ({ page, freshServer: server }) => {
  const anyone = new Console(page, server.url);
  await anyone.goto(server.setupPath);
  await expectAccessible(page, "first account");
  await anyone.goto(`/setup/${"a".repeat(32)}`);
  await expectAccessible(page, "used setup link");
  await anyone.goto(`/reset/${"a".repeat(40)}`);
  await expectAccessible(page, "used reset link");
  await anyone.goto("/sign-in");
  await expectAccessible(page, "sign in");
});

test("empty lists", async ({ admin }) => {
  for (const path of ["/devices", "/invitations", "/people"]) {
    await admin.goto(path);
    await expectAccessible(admin.page, `empty ${path}`);
  }
});

test("lists, details and settings", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  await (await newAgent()).enroll(linkIn(await smtp.emailTo(ADA.email)));
  await server.api.invite(GRACE);
  await server.api.invite(ALAN);
  await (await newAgent()).enroll(linkIn(await smtp.emailTo(ALAN.email)), "admin");
  await expect(admin.row(ALAN.email)).toHaveAttribute("data-status", "enrolling");
  for (const path of ["/devices", "/invitations", "/people", "/settings", "/settings/password", "/settings/audit", "/settings/apple"]) {
    await admin.goto(path);
    await expectAccessible(admin.page, path);
  }
  for (const { id, status } of await server.api.slots()) {
    await admin.goto(`/devices/${id}`);
    await expectAccessible(admin.page, `detail, ${status}`);
  }
});

test("dialogs and menus", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(GRACE);
  const row = admin.row(GRACE.email);
  await expect(row).toHaveAttribute("data-status", "sent");
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await page.getByLabel("People", { exact: true }).fill("Ada <ada@example.com>\nnobody");
  await expectAccessible(page, "invite dialog");
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await expectAccessible(page, "menu of a row");
  await page.getByRole("menuitem", { name: "Show credentials" }).click();
  await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expectAccessible(page, "credentials dialog");
  await page.keyboard.press("Escape");
  await admin.rowAction(row, "Deactivate");
  await expectAccessible(page, "confirmation");
  await page.keyboard.press("Escape");
  await admin.rowAction(row, "Correct email");
  await expectAccessible(page, "person dialog");
  await page.keyboard.press("Escape");
  await row.getByRole("checkbox").check();
  await expectAccessible(page, "selection");
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Renew" }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page, "bulk change");
  await dialog.getByRole("button", { name: "Renew" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page, "bulk result");
});

test("a page that does not exist", async ({ admin }) => {
  admin.guard.allow(/status of 404/);
  await admin.goto("/nothing/here");
  await expectAccessible(admin.page, "404");
});

test("every page of the landing page", async ({ server, smtp, phone, newAgent }) => {
  const { page, guard } = phone;
  const { id } = await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const landing = new Landing(page);
  await page.goto(link);
  await expectAccessible(page, "choice");
  await page.goto(`${link}?incomplete=1`);
  await expectAccessible(page, "incomplete choice");
  await page.goto(link);
  await landing.accept("Personal", "iPhone");
  await expectAccessible(page, "iPhone");
  await page.getByRole("link", { name: "Choose another device" }).click();
  await landing.accept("Company", "Linux or other");
  for (const name of ["QR code for another device", "Enter a PIN instead"]) await page.getByText(name).click();
  await expectAccessible(page, "Linux");
  await page.getByRole("link", { name: "Change" }).click();
  await landing.accept("Company");
  for (const name of ["QR code for another device", "Enter a PIN instead"]) await page.getByText(name).click();
  await expectAccessible(page, "Android");
  await (await newAgent()).enroll(link);
  await landing.expectHeading(/^You’re done/);
  await expectAccessible(page, "done");
  guard.allow(/status of (404|410)/);
  await server.api.deactivate(id);
  await page.goto(link);
  await expectAccessible(page, "deactivated");
  await page.goto(`${server.url}/e/${"a".repeat(32)}`);
  await expectAccessible(page, "unknown");
});
