// Phones that come back: enrolled again after a reset, used by somebody else, renewed, or deleted with a pending wipe.
import { expectAccessible } from "../fixtures/checks/axe.ts";
import { byToken, enroll, send } from "../fixtures/http/agent-protocol.ts";
import { expect, test } from "../fixtures/index.ts";
import type { Server } from "../fixtures/programs/server.ts";

const PHONE = { manufacturer: "Example", model: "Phone 9", serial: "3A1B2C" };

interface Enrolled {
  device_id: string;
  device_secret: string;
}

async function invite(server: Server, name: string): Promise<string> {
  const { id } = await server.api.invite({ name, email: `${name.toLowerCase()}@example.com` }, false);
  return (await server.api.credentials(id)).url;
}

async function enrolled(server: Server, url: string, more: object = {}): Promise<Enrolled> {
  const answer = await enroll(server.url, { ...byToken(url), ...more }, PHONE);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Enrolled;
}

test("a phone that was reset and enrolled again stands in the list once, and its rows lead to each other", async ({ admin, server }) => {
  const { page } = admin;
  const url = await invite(server, "Ada");
  await enrolled(server, url);
  await admin.goto("/devices");
  await expect(page.locator("[data-slot-id]")).toHaveCount(1);
  const first = await page.locator("[data-slot-id]").getAttribute("data-slot-id");
  await enrolled(server, url);
  await admin.goto("/devices");
  await expect(page.locator("[data-slot-id]")).toHaveCount(1);
  await expect(page.locator("[data-slot-id]")).not.toHaveAttribute("data-slot-id", first!);
  await page.locator("[data-slot-id] a.name").click();
  await page.locator("[data-notice=replaces]").getByRole("link", { name: "Show the other device" }).click();
  await expect(page).toHaveURL(`${server.url}/devices/${first}`);
  await expect(page.locator("[data-status=replaced]")).toContainText("Enrolled again");
  await expectAccessible(page, "replaced");
  await page.locator("[data-notice=replaced]").getByRole("link", { name: "Show the other device" }).click();
  await expect(page).not.toHaveURL(`${server.url}/devices/${first}`);
});

test("a phone that somebody else uses now is pointed out on both rows", async ({ admin, server }) => {
  for (const name of ["Ada", "Bob"]) await enrolled(server, await invite(server, name));
  await admin.goto("/devices");
  for (const name of ["Ada", "Bob"]) {
    await expect(admin.row(name)).toContainText("Another device in use has the same serial number or IMEI.");
  }
  await admin.row("Ada").getByRole("link", { name: "Show the other device" }).click();
  await expect(admin.page.locator(".subtitle")).toContainText("Bob");
});

test("a known phone keeps its name while it enrolls again", async ({ admin, server }) => {
  const url = await invite(server, "Ada");
  const same = { platform: "linux", installation_id: "7f1c8a52-5f0e-4f0a-9d53-0d6c0a3f8b11" };
  const again = async () => {
    const body = { ...byToken(url), ...same, ownership: "company", agent_version: "0.0.0", device: PHONE };
    const answer = await send(server.url, "POST", "/enroll", JSON.stringify(body));
    return (await answer.json()) as Enrolled;
  };
  const { device_id, device_secret } = await again();
  await admin.goto("/devices");
  await expect(admin.row("Ada").locator(".name")).toContainText("Pending…");
  const authorization = { authorization: `Bearer ${device_id}.${device_secret}` };
  await send(server.url, "PUT", "/inventory", JSON.stringify({ schema_version: 1, groups: {} }), authorization);
  await send(server.url, "PUT", "/progress", JSON.stringify({ step: "done" }), authorization);
  await expect(admin.row("Ada")).toHaveAttribute("data-status", "active");
  await again();
  await expect(admin.row("Ada")).toHaveAttribute("data-status", "pending");
  await expect(admin.row("Ada").locator(".name")).toContainText("Example Phone 9");
});

test("who deletes a device with a pending wipe is told that the wipe ends", async ({ admin, server }) => {
  const { page } = admin;
  const capabilities = { commands: { wipe: { supported: true } } };
  const { device_id } = await enrolled(server, await invite(server, "Ada"), { capabilities });
  await server.api.raw("POST", `/devices/${device_id}/commands`, { type: "wipe", params: {} });
  await admin.goto("/devices");
  await admin.rowAction(admin.row("Ada"), "Delete");
  const dialog = page.getByRole("dialog", { name: "Delete this device?" });
  await expect(dialog).toContainText("the wipe is canceled");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(admin.row("Ada")).toHaveAttribute("data-status", "opened");
});
