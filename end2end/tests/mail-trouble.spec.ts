// Mail servers that are down, reject emails, or drop the connection.
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
/** The first retry comes after 30 seconds. */
const RETRIED = { timeout: 50_000 };

test("a mail server that is down delays the email, and the console says so", async ({ admin, server, smtp }) => {
  test.slow();
  await smtp.close();
  const { id } = await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("Not delivered yet, trying again");
  await expect(row).not.toContainText("Sending");
  await expect(row).toHaveAttribute("data-state", "queued");
  await smtp.listen();
  await expect(row).toHaveAttribute("data-state", "sent", RETRIED);
  await expect(row).not.toContainText("Not delivered");
  const email = await smtp.emailTo(ADA.email);
  expect(linkIn(email)).toBe((await server.api.credentials(id)).url);
});

test("a temporary rejection is shown in the mail server's words", async ({ admin, server, smtp }) => {
  smtp.behaviour = "later";
  await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("Try again later");
  await expect(row).toHaveAttribute("data-state", "queued");
});

test("a mail server that rejects us pauses all emails, and an admin tries again", async ({ admin, server, smtp }) => {
  smtp.behaviour = "stranger";
  await admin.goto("/devices");
  const banner = admin.page.getByRole("region", { name: "Notice about email" });
  await expect(banner).toBeHidden();
  await server.api.invite(ADA);
  await expect(banner).toContainText("5.7.60 This sender may not send here");
  await expect(banner).toContainText("Next try: ");
  await expect(admin.row(ADA.email)).toContainText("Mail delayed");
  // A page that is opened now says so as well, and its own script draws it.
  await admin.goto("/invitations");
  await expect(banner).toContainText("5.7.60 This sender may not send here");
  smtp.behaviour = "accept";
  await banner.getByRole("button", { name: "Try now" }).click();
  await smtp.emailTo(ADA.email);
  await expect(banner).toBeHidden();
});

test("a rejected address is corrected from the row, and the email arrives", async ({ admin, server, smtp }) => {
  smtp.behaviour = "refuse";
  await server.api.invite({ ...ADA, email: "adda@example.com" });
  const row = admin.row("Ada Lovelace");
  await expect(row).toContainText("No such mailbox here");
  await expect(row).not.toContainText("Sending");
  smtp.behaviour = "accept";
  await row.getByRole("button", { name: "Correct the email" }).click();
  const dialog = admin.page.getByRole("dialog", { name: "Edit person" });
  await dialog.getByLabel("Email").fill(ADA.email);
  await expect(dialog.getByRole("checkbox", { name: "New link and PIN" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "Send the invitation again" })).toBeHidden();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toHaveAttribute("data-status", "sent");
  await expect(row).not.toContainText("No such mailbox here");
  await smtp.emailTo(ADA.email);
  expect(smtp.emails).toHaveLength(1);
});

test("a rejected email can be sent again", async ({ admin, server, smtp }) => {
  smtp.behaviour = "refuse";
  await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("The email was rejected: ");
  await expect(row).toContainText("No such mailbox here");
  smtp.behaviour = "accept";
  await admin.rowAction(row, "Resend");
  await smtp.emailTo(ADA.email);
  await expect(row).toHaveAttribute("data-state", "sent");
});

test("a connection that is lost within the reply leads to the same email twice at most", async ({ server, smtp }) => {
  test.slow();
  smtp.behaviour = "cut";
  const { id } = await server.api.invite(ADA);
  await smtp.emailTo(ADA.email);
  await expect.poll(async () => (await server.api.invitation(id)).delivery.trouble ?? "").not.toBe("");
  smtp.behaviour = "accept";
  await expect.poll(async () => (await server.api.invitation(id)).state, RETRIED).toBe("sent");
  // The sender cannot know that the first one was accepted. The second has the same id, so mail programs show one.
  const ids = smtp.emails.map((email) => email.messageId);
  expect(ids).toHaveLength(2);
  expect(ids[1]).toBe(ids[0]);
});
