// Lost devices: lost mode from the request to its end, capabilities, wiping, and phones that misbehave.
import { expectAccessible } from "../fixtures/checks/axe.ts";
import type { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { program, Running } from "../fixtures/programs/process.ts";
import { byToken, enroll, send } from "../fixtures/http/agent-protocol.ts";
import type { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

interface Command {
  id: string;
  type: string;
  state: string;
}

interface Device {
  id: string;
  lost: { state: string };
  commands: Command[];
}

async function invite(server: Server): Promise<string> {
  const { id } = await server.api.invite(ADA, false);
  return (await server.api.credentials(id)).url;
}

/** Opens the page of the only device. */
async function openDevice(admin: Console, server: Server): Promise<void> {
  const [slot] = await server.api.slots();
  await admin.goto(`/devices/${slot!.id}`);
}

test("lost mode is requested, confirmed by the device and ended, live", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const agent = await newAgent();
  await agent.enroll(await invite(server));
  await openDevice(admin, server);
  await admin.markDocument();
  const notice = page.locator("[data-notice=lost]");
  await expect(notice).toHaveCount(0);
  admin.guard.allow(/status of 409/); // the message is missing at first

  await page.getByRole("button", { name: "Lost mode", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Lost mode" });
  await dialog.getByRole("button", { name: "Turn on lost mode" }).click();
  await expect(dialog.getByRole("alert")).toContainText("needs a message or a phone number");
  await dialog.getByLabel("Message").fill("Please call <b>us</b>.");
  await dialog.getByLabel("Phone number to call").fill("+420 123 456");
  await expectAccessible(page, "lost mode dialog");
  await dialog.getByRole("button", { name: "Turn on lost mode" }).click();
  await expect(dialog).toBeHidden();
  await expect(notice).toContainText(/Lost mode requested .*Waiting for the device \(last seen/);
  await expect(notice).toContainText("Please call <b>us</b>.");
  await expect(page.locator("[data-fact=lost]")).toContainText("Requested, not confirmed");
  const button = page.getByRole("button", { name: "Lost mode", exact: true });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page, "lost mode requested");

  await agent.contact();
  await expect(notice).toContainText("Lost mode turned on");
  await expect(page.locator("[data-fact=lost] strong")).toHaveText("On");
  await expect(page.locator("[data-command=lost_mode]")).toHaveAttribute("data-state", "completed");
  await expect(page.getByText("The device is in lost mode")).toBeVisible();

  await page.getByRole("button", { name: "End lost mode" }).click();
  await expect(notice).toContainText("Its end was requested");
  await agent.contact();
  await expect(notice).toHaveCount(0);
  await expect(page.locator("[data-fact=lost] strong")).toHaveText("Off");
  await admin.expectNoReload();
});

test("the list marks a device whose lost mode is requested, and the request can be cancelled", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const agent = await newAgent();
  await agent.enroll(await invite(server));
  const row = admin.row(ADA.email);
  await expect(row).toHaveAttribute("data-status", "active");
  const device = (await server.api.slots())[0]!.device!.id;
  await server.api.call("POST", `/devices/${device}/commands`, { type: "lost_mode", params: { message: "Hello" } });
  await expect(row.locator(".mark")).toContainText("Lost mode requested");
  await agent.contact();
  await expect(row.locator(".mark")).toContainText("Lost mode turned on");
  await expectAccessible(page, "list with a lost device");
  await server.api.call("POST", `/devices/${device}/commands`, { type: "end_lost_mode", params: {} });
  await expect(row.locator(".mark")).toContainText("end requested");
  await openDevice(admin, server);
  await page.locator("[data-notice=lost]").getByRole("button", { name: "Cancel the request" }).click();
  await expect(page.locator("[data-notice=lost]")).toContainText("Lost mode turned on");
  await expect(page.locator("[data-command=end_lost_mode]")).toHaveAttribute("data-state", "cancelled");
});

test("unsupported actions are disabled with the device's reason", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  await (await newAgent()).enroll(await invite(server));
  await openDevice(admin, server);
  const wipe = page.getByRole("button", { name: "Wipe" });
  await expect(wipe).toHaveAttribute("aria-disabled", "true");
  await expect(wipe).toHaveAccessibleDescription(/does not own the host/);
  await wipe.click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const capabilities = page.getByRole("region", { name: "Capabilities" });
  await expect(capabilities.getByRole("listitem").filter({ hasText: "Wipe" })).toContainText("No");
  await expect(capabilities.getByRole("listitem").filter({ hasText: "Refresh" })).toContainText("Yes");
});

test("an agent that can never administer its phone becomes active, and the page says so", async ({ admin, server }) => {
  const { page } = admin;
  const url = await invite(server);
  const capabilities = { commands: { ring: { supported: true } }, permissions: ["location", "notifications"] };
  const reply = await (await enroll(server.url, { ...byToken(url), capabilities })).json();
  const headers = { authorization: `Bearer ${reply.device_id}.${reply.device_secret}` };
  const inventory = { schema_version: 1, groups: { system: { version: "15" } } };
  await send(server.url, "PUT", "/inventory", JSON.stringify(inventory), headers);
  await send(server.url, "PUT", "/progress", JSON.stringify({ step: "done", missing_permissions: [] }), headers);
  const place = { latitude: 50.0755, longitude: 14.4378, accuracy_m: 12, at: "2026-01-31T09:30:00Z" };
  const report = {
    seq: 1,
    battery: { level: 9, charging: false },
    storage: { total_bytes: 128_000_000_000, free_bytes: 4_000_000_000 },
    permissions: { location: true, notifications: true },
    location: place,
    network: "wifi",
  };
  await send(server.url, "POST", "/state", JSON.stringify(report), headers);
  await openDevice(admin, server);
  await expect(page.locator(".detail")).toHaveAttribute("data-status", "active");
  await expect(page.getByText("Not available on this platform: device admin")).toBeVisible();
  const fact = (word: string) => page.locator(`[data-fact=${word}]`);
  await expect(fact("battery")).toContainText("9%");
  await expect(fact("battery")).toHaveAttribute("data-tone", "warn");
  await expect(fact("storage")).toContainText("4.0 GB free of 128.0 GB");
  await expect(fact("storage")).toHaveAttribute("data-tone", "warn");
  await expect(fact("permissions")).toContainText("2 of 2 granted");
  await expect(fact("permissions")).not.toHaveAttribute("data-tone", "warn");
  await expect(fact("place").getByRole("link")).toHaveAttribute("href", /openstreetmap\.org.*mlat=50\.0755/);
  await expect(fact("place")).toContainText("50.0755,\u00a014.4378");
  await expect(fact("place")).toContainText("± 12 m");
  await expect(fact("network").locator("strong")).toHaveText("Wi-Fi");
  await expect(fact("contact")).toContainText("just now");
  await expectAccessible(page, "device at a glance");

  const lost = { seq: 2, permissions: { location: false, notifications: true }, battery: { level: 80, charging: true } };
  await send(server.url, "POST", "/state", JSON.stringify(lost), headers);
  await expect(fact("permissions")).toContainText("1 of 2 granted");
  await expect(fact("permissions")).toContainText("Missing: location");
  await expect(fact("storage")).toContainText("4.0 GB free");
});

for (const [what, device, typed] of [
  ["an empty name", {}, "the device of Ada Lovelace"],
  ["a name with invisible marks", { model: "\u200FPixel\u200B 8\u202E" }, "Pixel 8"],
  ["an invisible name", { model: "\u200F\u2060" }, "the device of Ada Lovelace"],
  ["a name of ten kilobytes", { model: "x".repeat(10_000) }, "x".repeat(200)],
  ["a name of markup", { model: "<img src=x onerror=window.attacked=1>" }, "<img src=x onerror=window.attacked=1>"],
] as const) {
  test(`wiping a device with ${what} asks for the name, and the page says that a wipe is requested`, async ({ admin, server }) => {
    const { page } = admin;
    const url = await invite(server);
    const capabilities = { commands: { wipe: { supported: true } } };
    expect((await enroll(server.url, { ...byToken(url), capabilities }, device)).status).toBe(201);
    await openDevice(admin, server);
    await page.getByRole("button", { name: "Wipe" }).click();
    const dialog = page.getByRole("dialog", { name: "Wipe this device?" });
    const confirm = dialog.getByRole("button", { name: "Wipe everything" });
    for (const wrong of ["", " ", "something else"]) {
      await dialog.getByRole("textbox").fill(wrong);
      await confirm.click();
      await expect(dialog.getByRole("alert")).not.toBeEmpty();
    }
    await dialog.getByRole("textbox").fill(typed);
    await confirm.click();
    await expect(dialog).toBeHidden();
    const notice = page.locator("[data-notice=wipe]");
    await expect(notice).toContainText(/Wipe requested .*erased the next time it checks in/);
    await expectAccessible(page, "wipe requested");
    expect(await page.evaluate(() => "attacked" in window)).toBe(false);
    await notice.getByRole("button", { name: "Cancel the request" }).click();
    await expect(notice).toHaveCount(0);
  });
}

test("phones that misbehave leave every command in the state in which it really ended", async ({ admin, server }) => {
  test.setTimeout(120_000);
  const { api } = server;
  const url = await invite(server);
  const args = ["simulate", "--devices", "7", "--pace", "fast", "--seed", "11", "--chaos", "--url", url];
  const phones = new Running(program("ROLLCALL_AGENT_BIN"), args);
  try {
    await expect.poll(() => phones.output, { timeout: 60_000 }).toContain("All 7 phones are through or stuck");
    const active = (await api.slots()).filter((slot) => slot.status === "active").map((slot) => slot.device!.id);
    expect(active.length).toBeGreaterThan(3);
    const device = (id: string) => api.call<Device>("GET", `/devices/${id}`);
    const all = async () => (await Promise.all(active.map(device))).flatMap((found) => found.commands);
    const ask = async (id: string, type: string, params: object) => {
      const response = await api.raw("POST", `/devices/${id}/commands`, { type, params });
      expect([201, 409], `${type}: ${response.status}`).toContain(response.status);
      return response.ok ? ((await response.json()) as Command).id : undefined;
    };
    const settled = async () => {
      const open = ["requested", "delivered", "acknowledged"];
      const left = async () => (await all()).filter((command) => open.includes(command.state)).length;
      await expect.poll(left, { timeout: 60_000 }).toBe(0);
    };

    for (const id of active) {
      await ask(id, "lost_mode", { message: "Please call." });
      await ask(id, "lock", {});
      await ask(id, "message", { text: "Hello" });
      await ask(id, "ring", { seconds: 1 });
      await ask(id, "locate", { timeout_s: 5 });
      await ask(id, "inventory", {});
      const regretted = await ask(id, "lock", {});
      await api.raw("POST", `/commands/${regretted}/cancel`);
    }
    await settled();
    for (const id of active) await ask(id, "end_lost_mode", {});
    await settled();
    await ask(active[0]!, "wipe", {});
    await settled();

    const commands = await all();
    const outcomes = () => new Map([...phones.output.matchAll(/answered: (\S+) \S+ (completed|failed)/g)].map((found) => [found[1]!, found[2]!]));
    const finished = commands.filter((command) => command.state !== "cancelled");
    // Phones print an outcome when the server has accepted it, a moment after the server shows it.
    await expect.poll(() => finished.filter((command) => !outcomes().has(command.id))).toEqual([]);
    for (const { id, type, state } of finished) expect(state, `${type} ${id}`).toBe(outcomes().get(id));
    for (const id of active) {
      const { lost, commands: own } = await device(id);
      const latest = own.find(({ type, state }) => type.endsWith("lost_mode") && state === "completed");
      expect(lost.state).toBe(latest?.type === "lost_mode" ? "on" : "off");
    }
    expect(phones.output).not.toContain("WRONG");
    expect(await all(), "nothing changes after the end").toEqual(commands);
    const [slot] = (await api.slots()).filter((found) => found.device?.id === active[0]);
    await admin.goto(`/devices/${slot!.id}`);
    await expect(admin.page.locator("[data-command]")).toHaveCount((await device(active[0]!)).commands.length);
  } finally {
    await phones.stop();
  }
});
