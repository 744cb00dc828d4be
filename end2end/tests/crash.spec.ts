// kill -9 between an answer and the next request: nothing that was answered is lost, and no mail is doubled.
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const GRACE = { name: "Grace Hopper", email: "grace@example.com" };

test("an enrollment goes on after the server was killed between its steps", async ({ admin, server, smtp, newAgent }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.mailTo(ADA.email));
  const agent = await newAgent();
  await agent.enroll(link, "enroll");
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "pending");
  await admin.mark();
  // The browser tells about its lost connection; that is what happens here.
  admin.guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|\/live/);
  for (const step of ["contacted", "permissions", "admin", "inventory", "done"] as const) {
    await server.kill9();
    await server.restart();
    await agent.resume(step);
    expect(await server.api.slots()).toHaveLength(1);
  }
  // The admin's page finds its way back by itself, still signed in.
  await expect(row).toHaveAttribute("data-status", "active");
  await admin.expectNoReload();
});

test("invitations, changes and sessions survive", async ({ admin, server, smtp }) => {
  const { id } = await server.api.invite(ADA);
  const credentials = await server.api.credentials(id);
  const grace = await server.api.invite(GRACE, false);
  await server.api.deactivate(grace.id);
  await smtp.mailTo(ADA.email);
  admin.guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|\/live/);
  await server.kill9();
  await server.restart();
  expect(await server.api.credentials(id)).toEqual(credentials);
  expect((await server.api.invitation(grace.id)).state).toBe("deactivated");
  await admin.goto("/invitations");
  await expect(admin.page.getByRole("row", { name: ADA.email })).toBeVisible();
});

test("a mail that was sent is not sent again", async ({ server, smtp }) => {
  const { id } = await server.api.invite(ADA);
  await smtp.mailTo(ADA.email);
  await expect.poll(async () => (await server.api.invitation(id)).state).toBe("sent");
  await server.kill9();
  await server.restart();
  // When a later mail has come, an earlier one that was waiting would have come as well.
  await server.api.invite(GRACE);
  await smtp.mailTo(GRACE.email);
  await smtp.mailTo(ADA.email, 1);
});

test("a mail that was queued when the server was killed is sent once", async ({ server, smtp }) => {
  smtp.manner = "hold";
  await server.api.invite(ADA);
  await smtp.mailTo(ADA.email);
  // The worker hangs on the first mail, so the second one waits in the outbox.
  await server.api.invite(GRACE);
  await server.kill9();
  smtp.manner = "accept";
  await server.restart();
  await smtp.mailTo(GRACE.email, 1);
});

test("a mail that was being handed over is left to the admin, who cannot be doubled behind the back", async ({ admin, server, smtp }) => {
  smtp.manner = "hold";
  const { id } = await server.api.invite(ADA);
  await smtp.mailTo(ADA.email);
  admin.guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|\/live/);
  await server.kill9();
  smtp.manner = "accept";
  await server.restart();
  await expect.poll(async () => (await server.api.invitation(id)).delivery.state).toBe("failed");
  await admin.goto("/invitations");
  const row = admin.page.getByRole("row", { name: ADA.email });
  await expect(row).toContainText("may or may not have arrived");
  await smtp.mailTo(ADA.email, 1);
  await admin.rowAction(row, "Resend");
  await smtp.mailTo(ADA.email, 2);
  await expect(row).toHaveAttribute("data-state", "sent");
});
