// Mail servers that are away, refuse, or break off.
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
/** The first retry comes after 30 seconds. */
const RETRIED = { timeout: 50_000 };

test("a mail server that is away delays the mail, and says so", async ({ admin, server, smtp }) => {
  test.slow();
  await smtp.down();
  const { id } = await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("Not delivered yet, trying again");
  await expect(row).toHaveAttribute("data-state", "queued");
  await smtp.up();
  await expect(row).toHaveAttribute("data-state", "sent", RETRIED);
  await expect(row).not.toContainText("Not delivered");
  const mail = await smtp.mailTo(ADA.email);
  expect(linkIn(mail)).toBe((await server.api.credentials(id)).url);
});

test("a mail server that asks for patience is quoted", async ({ admin, server, smtp }) => {
  smtp.manner = "later";
  await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("Try again later");
  await expect(row).toHaveAttribute("data-state", "queued");
});

test("a refused address is corrected from the row, and the mail arrives", async ({ admin, server, smtp }) => {
  smtp.manner = "refuse";
  await server.api.invite({ ...ADA, email: "adda@example.com" });
  const row = admin.row("Ada Lovelace");
  await expect(row).toContainText("No such mailbox here");
  smtp.manner = "accept";
  await row.getByRole("button", { name: "Correct the email" }).click();
  const dialog = admin.page.getByRole("dialog", { name: "Correct a person" });
  await dialog.getByLabel("Email").fill(ADA.email);
  await expect(dialog.getByRole("checkbox", { name: "Send the invitation again" })).toBeChecked();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toHaveAttribute("data-status", "sent");
  await expect(row).not.toContainText("No such mailbox here");
  await smtp.mailTo(ADA.email);
  expect(smtp.mails).toHaveLength(1);
});

test("a refused mail can be sent again as it is", async ({ admin, server, smtp }) => {
  smtp.manner = "refuse";
  await server.api.invite(ADA);
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("The email was rejected: ");
  await expect(row).toContainText("No such mailbox here");
  smtp.manner = "accept";
  await admin.rowAction(row, "Resend");
  await smtp.mailTo(ADA.email);
  await expect(row).toHaveAttribute("data-state", "sent");
});

test("a conversation that is cut within the answer ends in one mail, told twice at most", async ({ server, smtp }) => {
  test.slow();
  smtp.manner = "cut";
  const { id } = await server.api.invite(ADA);
  await smtp.mailTo(ADA.email);
  await expect.poll(async () => (await server.api.invitation(id)).delivery.trouble ?? "").not.toBe("");
  smtp.manner = "accept";
  await expect.poll(async () => (await server.api.invitation(id)).state, RETRIED).toBe("sent");
  // The sender cannot know that the first one was taken: the second is the same mail, and mail programs show one.
  const ids = smtp.mails.map((mail) => mail.messageId);
  expect(ids).toHaveLength(2);
  expect(ids[1]).toBe(ids[0]);
});
