// A page that nobody touches asks the server for nothing, and says nothing, while devices report what is known already.
import type { Page } from "@playwright/test";
import type { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { byToken, enroll, send } from "../fixtures/http/agent-protocol.ts";
import type { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const BOB = { name: "Bob Example", email: "bob@example.com" };
const CAPABILITIES = {
  commands: Object.fromEntries(["refresh", "locate", "ring", "message", "lock", "lost_mode", "wipe"].map((name) => [name, { supported: true }])),
  permissions: [],
};

/** A device that is active, and reports as often as it is told to. */
class Phone {
  private seq = 0;

  private constructor(
    private readonly server: Server,
    readonly id: string,
    private readonly secret: string,
  ) {}

  static async enroll(server: Server, invitation: string): Promise<Phone> {
    const { url } = await server.api.credentials(invitation);
    const reply = await (await enroll(server.url, byToken(url))).json();
    const phone = new Phone(server, reply.device_id, reply.device_secret);
    await phone.send("PUT", "/inventory", { schema_version: 1, groups: { hardware: { model: "Phone 9" } } });
    await phone.send("PUT", "/progress", { step: "done" });
    await phone.beat(80);
    return phone;
  }

  async beat(level: number, more: object = {}): Promise<void> {
    this.seq += 1;
    await this.send("POST", "/state", { seq: this.seq, battery: { level, charging: false }, capabilities: CAPABILITIES, ...more });
  }

  async poll(): Promise<void> {
    await this.send("GET", "/commands?wait=0");
  }

  private async send(method: string, path: string, body?: object): Promise<void> {
    const headers = { authorization: `Bearer ${this.id}.${this.secret}` };
    const response = body
      ? await send(this.server.url, method, path, JSON.stringify(body), headers)
      : await fetch(`${this.server.url}/agent/v1${path}`, { headers });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  }
}

/** Records what the page hears from the stream, and lets it hear of other credentials: as if it showed their invitation. */
async function listen(page: Page, other: string): Promise<void> {
  await page.evaluate((id) => {
    const shown = document.createElement("i");
    Object.assign(shown.dataset, { detail: "", invitationId: id });
    document.body.append(shown);
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener("live-change", (event) => heard.push((event as MessageEvent).data));
  }, other);
}

/** Waits until the page has heard everything that happened so far: it hears of someone who looks at other credentials. */
async function hearEverything(page: Page, server: Server, other: string): Promise<void> {
  await server.api.credentials(other);
  await page.waitForFunction(
    (id) => (window as unknown as { heard: string[] }).heard.some((text) => text.includes(id) && text.includes("credentials_shown")),
    other,
  );
}

/** Lets devices report, and five seconds pass. Returns what the page asked for. `fetched` has what it fetched of a device. */
async function standStill(
  admin: Console,
  server: Server,
  devices: { beats: Phone; polls: Phone },
  other: string,
  fetched: string[],
): Promise<string[]> {
  const { page } = admin;
  await expect(page.locator("[data-live=open]").or(page.locator("h1", { hasText: /Settings|Audit log/ })).first()).toBeVisible();
  // The stream has told the server what the page shows; the page of a device is fetched once more then.
  await listen(page, other);
  await page.clock.runFor(1000);
  await expect(page.locator("html[data-shown]")).toBeAttached();
  if ((await page.locator("div[data-detail]").count()) > 0) await expect.poll(() => fetched.length).toBeGreaterThan(0);
  const asked: string[] = [];
  const note = (request: { method(): string; url(): string }) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  page.on("request", note);
  for (let count = 0; count < 10; count++) {
    await devices.beats.beat(80);
    await devices.polls.poll();
  }
  await hearEverything(page, server, other);
  await page.clock.runFor(5000);
  page.off("request", note);
  return asked;
}

test("no page and no dialog that stands still asks for anything", async ({ admin, server }) => {
  const { page } = admin;
  test.slow();
  const [ada, bob] = [await server.api.invite(ADA, false), await server.api.invite(BOB, false)];
  const devices = { beats: await Phone.enroll(server, ada.id), polls: await Phone.enroll(server, ada.id) };
  await server.api.invite({ name: "Cleo Example", email: "cleo@example.com" }, false);
  const slots = await server.api.slots();
  const waiting = slots.find((slot) => slot.email === "cleo@example.com")!.id;
  // Heartbeats of a device change the times on its own page, polls do not.
  const polling = slots.find((slot) => slot.device?.id === devices.polls.id)!.id;
  await page.clock.install();
  const fetched: string[] = [];
  page.on("requestfinished", (request) => {
    if (request.url().endsWith("/fn/slots/get")) fetched.push(request.url());
  });
  const open = async (path: string) => {
    fetched.length = 0;
    await admin.goto(path);
  };

  for (const path of ["/devices", "/invitations", "/people", "/people/import", "/settings", "/settings/audit", `/devices/${waiting}`, `/devices/${polling}`]) {
    await open(path);
    expect(await standStill(admin, server, devices, bob.id, fetched), path).toEqual([]);
  }

  const operation = (name: string) => () => page.getByRole("button", { name, exact: true }).click();
  const dialogs: [string, string, () => Promise<void>][] = [
    ["Credentials", "/devices", () => admin.rowAction(admin.row("cleo@example.com"), "Show credentials")],
    ["Delete this device?", "/devices", () => admin.rowAction(admin.row(ADA.email).first(), "Delete")],
    ["Invite people", "/devices", () => page.getByRole("button", { name: "Invite people" }).first().click()],
    ["Edit person", "/devices", () => admin.rowAction(admin.row("cleo@example.com"), "Correct email")],
    ["Resend invitations?", "/devices", async () => {
      await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
      await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Resend" }).click();
    }],
    ["Show a message", `/devices/${polling}`, operation("Message")],
    ["Lost mode", `/devices/${polling}`, operation("Lost mode")],
    ["Lock this device?", `/devices/${polling}`, operation("Lock")],
    ["Wipe this device?", `/devices/${polling}`, operation("Wipe")],
    ["Add a person", "/people", operation("Add person")],
    ["Command palette", "/people", () => page.keyboard.press("Control+k")],
  ];
  for (const [name, path, show] of dialogs) {
    await open(path);
    await show();
    const dialog = page.getByRole("dialog", { name });
    await expect(dialog, name).toBeVisible();
    if (name === "Credentials") await expect(dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
    expect(await standStill(admin, server, devices, bob.id, fetched), name).toEqual([]);
  }
  // The credentials were looked at once, however long the dialog stood open.
  const { timeline } = await server.api.slot(waiting);
  expect(JSON.stringify(timeline).match(/"credentials_shown"/g)).toHaveLength(1);
});

test("what changes in a list shows there, and only the page of a device follows its battery", async ({ admin, server }) => {
  const { page } = admin;
  const { id } = await server.api.invite(ADA, false);
  const phone = await Phone.enroll(server, id);
  const [slot] = await server.api.slots();
  await admin.goto(`/devices/${slot!.id}`);
  await expect(page.locator("[data-fact=battery]")).toContainText("80");
  await phone.beat(79);
  await expect(page.locator("[data-fact=battery]")).toContainText("79");
  await admin.goto("/devices");
  await server.api.invite(BOB, false);
  await expect(admin.row(BOB.email)).toBeVisible();
});

test("a device in lost mode that reports without news is not announced", async ({ admin, server }) => {
  const { page } = admin;
  const { id } = await server.api.invite(ADA, false);
  const phone = await Phone.enroll(server, id);
  const [slot] = await server.api.slots();
  await server.api.call("POST", `/devices/${slot!.device!.id}/commands`, { type: "lost_mode", params: { message: "Please call us." } });
  await phone.beat(80, { lost_mode: true });
  await admin.goto(`/devices/${slot!.id}`);
  await expect(page.locator("[data-notice=lost]")).toBeVisible();
  await page.evaluate(() => {
    const announced: string[] = [];
    Object.assign(window, { announced });
    const isLive = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest("[aria-live], [role=status], [role=alert]");
    const seen = (changes: MutationRecord[]) => {
      for (const change of changes) if (isLive(change.target)) announced.push(change.target.textContent ?? "");
    };
    new MutationObserver(seen).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  for (let level = 79; level > 71; level--) {
    await phone.beat(level, { lost_mode: true });
    await expect(page.locator("[data-fact=battery]")).toContainText(`${level}`);
  }
  expect(await page.evaluate(() => (window as unknown as { announced: string[] }).announced)).toEqual([]);
});

test("the state of a command is announced", async ({ admin, server }) => {
  const { page } = admin;
  const { id } = await server.api.invite(ADA, false);
  const phone = await Phone.enroll(server, id);
  const [slot] = await server.api.slots();
  await admin.goto(`/devices/${slot!.id}`);
  await expect(page.locator("[data-fact=battery]")).toContainText("80");
  await server.api.call("POST", `/devices/${slot!.device!.id}/commands`, { type: "ring", params: { seconds: 30 } });
  await phone.poll();
  await expect(page.locator("[role=status].visually-hidden").first()).toContainText("Ring: ");
});
