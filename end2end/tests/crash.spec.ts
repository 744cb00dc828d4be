// kill -9 between a response and the next request: nothing confirmed is lost, and no email is sent twice.
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const GRACE = { name: "Grace Hopper", email: "grace@example.com" };

test("an enrollment continues after the server was killed between its steps", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const agent = await newAgent();
  await agent.enroll(link, "enroll");
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "pending");
  await admin.markDocument();
  // The browser reports the lost connection, which is expected here.
  admin.guard.allowLostConnection();
  for (const step of ["contacted", "permissions", "admin", "inventory", "done"] as const) {
    await server.kill9();
    await server.restart();
    await agent.resume(step);
    expect(await server.api.slots()).toHaveLength(1);
  }
  // The admin's page reconnects by itself, still signed in.
  await expect(row).toHaveAttribute("data-status", "active");
  await admin.expectNoReload();
});

test("invitations, changes and sessions survive", async ({ admin, server, smtp }) => {
  const { id } = await server.api.invite(ADA);
  const credentials = await server.api.credentials(id);
  const grace = await server.api.invite(GRACE, false);
  await server.api.deactivate(grace.id);
  await smtp.emailTo(ADA.email);
  admin.guard.allowLostConnection();
  await server.kill9();
  await server.restart();
  expect(await server.api.credentials(id)).toEqual(credentials);
  expect((await server.api.invitation(grace.id)).state).toBe("deactivated");
  await admin.goto("/invitations");
  await expect(admin.page.getByRole("row", { name: ADA.email })).toBeVisible();
});

test("an email that was sent is not sent again", async ({ server, smtp }) => {
  const { id } = await server.api.invite(ADA);
  await smtp.emailTo(ADA.email);
  await expect.poll(async () => (await server.api.invitation(id)).state).toBe("sent");
  await server.kill9();
  await server.restart();
  // Once a later email has arrived, an earlier one that was still queued would have arrived, too.
  await server.api.invite(GRACE);
  await smtp.emailTo(GRACE.email);
  await smtp.emailTo(ADA.email, 1);
});

test("an email that was queued when the server was killed is sent once", async ({ server, smtp }) => {
  smtp.behaviour = "hold";
  await server.api.invite(ADA);
  await smtp.emailTo(ADA.email);
  // The worker is stuck with the first email, so the second one waits in the outbox.
  await server.api.invite(GRACE);
  await server.kill9();
  smtp.behaviour = "accept";
  await server.restart();
  await smtp.emailTo(GRACE.email, 1);
});

test("an email that was being delivered is not sent again without the admin", async ({ admin, server, smtp }) => {
  smtp.behaviour = "hold";
  const { id } = await server.api.invite(ADA);
  await smtp.emailTo(ADA.email);
  admin.guard.allowLostConnection();
  await server.kill9();
  smtp.behaviour = "accept";
  await server.restart();
  await expect.poll(async () => (await server.api.invitation(id)).delivery.state).toBe("failed");
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("may or may not have arrived");
  await smtp.emailTo(ADA.email, 1);
  await admin.rowAction(row, "Resend");
  await smtp.emailTo(ADA.email, 2);
  await expect(row).toHaveAttribute("data-state", "sent");
});
