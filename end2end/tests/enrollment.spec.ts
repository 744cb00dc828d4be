// From the invitation to the enrolled device, in two browsers, with a real email and a real agent.
import { expect, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { readQr, scan } from "../fixtures/checks/qr.ts";
import { linkIn, pictureIn, pinIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("a person enrolls by the QR code while the admin watches the row change in place", async ({ admin, smtp, phone, newAgent }) => {
  await admin.markDocument();
  await admin.invite(`${ADA.name} <${ADA.email}>`);
  const found = admin.row(ADA.email);
  await expect(found).toHaveAttribute("data-status", "sent");
  const row = admin.page.locator(`[data-slot-id="${await found.getAttribute("data-slot-id")}"]`);
  const email = await smtp.emailTo(ADA.email);
  const link = linkIn(email);
  expect(await readQr(pictureIn(email).content)).toBe(link);

  const landing = new Landing(phone.page);
  await phone.page.goto(link);
  await landing.expectHeading("Hello Ada Lovelace");
  await landing.accept();
  await expect(landing.status).toHaveText("Waiting for your phone…");
  await expect(row).toHaveAttribute("data-status", "opened");

  await admin.rowAction(row, "Show credentials");
  const dialog = admin.page.getByRole("dialog", { name: "Credentials" });
  const scanned = await scan(dialog.getByRole("img", { name: "QR code of the enrollment URL" }));
  expect(scanned).toBe(link);
  await expect(dialog.locator("[data-secret=pin]")).toHaveText(pinIn(email));
  await dialog.getByRole("button", { name: "Done" }).click();

  const agent = await newAgent();
  await agent.enroll(scanned, "enroll");
  await expect(row).toHaveAttribute("data-status", "pending");
  await expect(row).toContainText("Pending…");
  await expect(landing.status).toContainText("Your phone connected");

  // An agent that has connected but reported nothing yet is still "Pending…".
  await agent.resume("contacted");
  await expect(row).toContainText("Step 1 of 5");
  await expect(row).toHaveAttribute("data-status", "pending");
  for (const [step, number] of [["permissions", 2], ["admin", 3], ["inventory", 4]] as const) {
    await agent.resume(step);
    await expect(row).toHaveAttribute("data-status", "enrolling");
    await expect(row).toContainText(`Step ${number} of 5`);
    await expect(landing.status).toContainText(`Your phone is connected: step ${number} of 5`);
  }

  await agent.resume("done");
  await expect(row).toHaveAttribute("data-status", "active");
  await landing.expectHeading("You’re done, Ada Lovelace");
  await admin.expectNoReload();
});

test("a person enrolls by PIN and email", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  const email = await smtp.emailTo(ADA.email);
  await (await newAgent()).enrollByPin(server.url, ADA.email, pinIn(email));
  await expect(admin.row(ADA.email)).toHaveAttribute("data-status", "active");
});

test("a second device on the same invitation gets a row of its own", async ({ admin, server, smtp, phone, newAgent }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const landing = new Landing(phone.page);
  await phone.page.goto(link);
  await landing.accept("Personal", "Linux or other");
  await (await newAgent()).enroll(link);
  await landing.expectHeading("You’re done, Ada Lovelace");
  await expect(admin.row(ADA.email)).toHaveCount(1);

  await phone.page.getByRole("link", { name: "Enroll another device" }).click();
  await landing.accept("Company", "Linux or other");
  await expect(landing.status).toHaveText("Waiting for your device…");
  const second = await newAgent();
  await second.enroll(link, "inventory");
  await expect(landing.status).toContainText("step 4 of 5");
  await expect(admin.row(ADA.email)).toHaveCount(2);
  await second.resume();
  await landing.expectHeading("You’re done, Ada Lovelace");
  await expect(admin.page.locator('[data-slot-id][data-status="active"]')).toHaveCount(2);
});

test("a replaced invitation cannot enroll a device, and the new one can", async ({ admin, server, smtp, phone, newAgent }) => {
  await server.api.invite(ADA);
  const old = await smtp.emailTo(ADA.email);
  await admin.invite(`${ADA.name} <${ADA.email}>`);
  const fresh = await smtp.emailTo(ADA.email, 2);
  expect(linkIn(fresh)).not.toBe(linkIn(old));
  await expect(admin.row(ADA.email)).toHaveCount(1);

  phone.guard.allow(/status of 410/);
  expect((await phone.page.goto(linkIn(old)))?.status()).toBe(410);
  await new Landing(phone.page).expectHeading("A newer invitation replaced this one");
  await expect(phone.page.getByRole("link", { name: "help@example.com" })).toBeVisible();
  await expect(phone.page.getByText("Ada")).toHaveCount(0);

  const agent = await newAgent();
  const byLink = await agent.tryToEnroll(linkIn(old));
  expect(byLink.code).toBe(1);
  expect(byLink.stderr).toMatch(/replaced|newer/i);
  const byPin = await agent.tryToEnroll("--server", server.url, "--email", ADA.email, "--pin", pinIn(old).replace(" ", ""));
  expect(byPin.code).toBe(1);
  await agent.enroll(linkIn(fresh));
  await expect(admin.row(ADA.email)).toHaveAttribute("data-status", "active");
});

test("a deactivated invitation cannot enroll a device, and its devices stay", async ({ admin, server, smtp, phone, newAgent }) => {
  const { id } = await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  await (await newAgent()).enroll(link);
  await server.api.invite({ name: "Grace Hopper", email: "grace@example.com" });
  const row = admin.row("grace@example.com");
  await expect(row).toHaveAttribute("data-status", "sent");
  await admin.rowAction(row, "Deactivate");
  await admin.confirm("Deactivate");
  await expect(row).toHaveCount(0);

  await server.api.deactivate(id);
  phone.guard.allow(/status of 410/);
  expect((await phone.page.goto(link))?.status()).toBe(410);
  await new Landing(phone.page).expectHeading("This invitation was deactivated");
  const refused = await (await newAgent()).tryToEnroll(link);
  expect(refused.code).toBe(1);
  await expect(admin.row(ADA.email)).toHaveAttribute("data-status", "active");
});

test("when its only device is deleted, the row is an invitation again", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const agent = await newAgent();
  await agent.enroll(link);
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "active");
  const slot = await row.getAttribute("data-slot-id");
  await admin.rowAction(row, "Delete");
  await admin.confirm("Delete");
  await expect(row).toHaveAttribute("data-status", "opened");
  await expect(row).toHaveAttribute("data-slot-id", slot!);
  await (await newAgent()).enroll(link);
  await expect(row).toHaveAttribute("data-status", "active");
  await expect(row).toHaveAttribute("data-slot-id", slot!);
});

test("a renewal email brings a stuck device back in its own row", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const agent = await newAgent();
  await agent.enroll(link, "permissions");
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "enrolling");
  const slot = await row.getAttribute("data-slot-id");
  await admin.rowAction(row, "Renew");
  const email = await smtp.emailTo(ADA.email, 2);
  expect(email.subject).toMatch(/^Reconnect/);
  await agent.enroll(linkIn(email));
  await expect(row).toHaveAttribute("data-status", "active");
  await expect(row).toHaveCount(1);
  await expect(row).toHaveAttribute("data-slot-id", slot!);
});
