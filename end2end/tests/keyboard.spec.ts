// The five main tasks of an admin, by keyboard alone.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { Keyboard } from "../fixtures/pages/keyboard.ts";
import { ADMIN } from "../fixtures/programs/server.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const GRACE = { name: "Grace Hopper", email: "grace@example.com" };

test("signing in and inviting a person", async ({ page, server, smtp }) => {
  const console = new Console(page, server.url);
  const keyboard = new Keyboard(page);
  await console.goto("/sign-in");
  await keyboard.type(page.getByLabel("Email"), ADMIN.email);
  await keyboard.type(page.getByRole("textbox", { name: "Password" }), ADMIN.password);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/devices");
  await console.waitUntilInteractive();
  await keyboard.press(page.getByRole("button", { name: "Invite people" }).first());
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await keyboard.type(dialog.getByLabel("People", { exact: true }), `${ADA.name} <${ADA.email}>`);
  await keyboard.press(dialog.getByRole("button", { name: "Send invitations" }));
  await expect(dialog.getByRole("status")).toHaveText(/invited/);
  await keyboard.press(dialog.getByRole("button", { name: "Done" }));
  await expect(page.getByRole("button", { name: "Invite people" }).first(), "the focus is back").toBeFocused();
  await smtp.emailTo(ADA.email);
  await expect(console.row(ADA.email)).toHaveAttribute("data-status", "sent");
  console.guard.check();
});

test("handing out credentials", async ({ admin, server }) => {
  const { page } = admin;
  const keyboard = new Keyboard(page);
  await server.api.invite(ADA, false);
  await keyboard.choose(admin.row(ADA.email), "Show credentials");
  const dialog = page.getByRole("dialog", { name: "Credentials" });
  await expect(dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(admin.row(ADA.email).getByRole("button", { name: /^Actions for/ }), "the focus is back").toBeFocused();
});

test("finding a device and sending it a command", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const keyboard = new Keyboard(page);
  for (const person of [ADA, GRACE]) {
    const { id } = await server.api.invite(person, false);
    await (await newAgent()).enroll((await server.api.credentials(id)).url);
  }
  await keyboard.type(page.getByRole("searchbox"), GRACE.email);
  await expect(admin.row(ADA.email)).toBeHidden();
  await keyboard.press(admin.row(GRACE.email).getByRole("link").first());
  await page.waitForURL("**/devices/*");
  await expect(page.getByRole("heading", { level: 1 }), "the focus has moved").toBeFocused();
  await keyboard.press(page.getByRole("button", { name: "Message" }));
  const dialog = page.getByRole("dialog", { name: "Show a message" });
  await keyboard.type(dialog.getByLabel("Message"), "Please call the helpdesk.");
  await keyboard.press(dialog.getByRole("button", { name: "Send the message" }));
  await expect(page.locator("[data-command=message]")).toHaveAttribute("data-state", /requested|delivered/);
});

test("deactivating an invitation", async ({ admin, server }) => {
  const { page } = admin;
  const keyboard = new Keyboard(page);
  const { id } = await server.api.invite(ADA, false);
  await keyboard.press(page.getByRole("link", { name: "Invitations" }));
  await page.waitForURL("**/invitations");
  const row = page.getByRole("row", { name: ADA.email });
  await keyboard.choose(row, "Deactivate");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Cancel" }), "the safe choice has the focus").toBeFocused();
  await keyboard.press(dialog.getByRole("button", { name: "Deactivate" }));
  await expect(dialog).toBeHidden();
  expect((await server.api.invitation(id)).state).toBe("deactivated");
});

test("bringing a stuck device back", async ({ admin, server, smtp, newAgent }) => {
  const keyboard = new Keyboard(admin.page);
  await server.api.invite(ADA);
  const agent = await newAgent();
  await agent.enroll(linkIn(await smtp.emailTo(ADA.email)), "admin");
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "enrolling");
  await keyboard.choose(row, "Renew");
  await expect(admin.page.getByText("A renewal email to Ada Lovelace is on its way.")).toBeVisible();
  await expect(row).toContainText("Renewed just now, no response yet");
  await agent.resume();
  await expect(row).toHaveAttribute("data-status", "active");
});
