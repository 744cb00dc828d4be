// Invalid input from people and programs.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { byPin, enroll, send } from "../fixtures/http/agent-protocol.ts";
import { ADMIN } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("invalid lines are shown before anyone is invited", async ({ admin, server }) => {
  const { page } = admin;
  await page.getByRole("button", { name: "Invite people" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  const lines = [
    "Ada Lovelace <ada@example.com>",
    "no address at all",
    `${"x".repeat(10_000)} <long@example.com>`,
    "Turned \u{202E}gpj.exe <turned@example.com>",
  ];
  await dialog.getByLabel("People", { exact: true }).fill(lines.join("\n"));
  const preview = dialog.getByRole("list", { name: "Preview" });
  await expect(preview).toContainText("Line 2: ");
  await expect(preview).toContainText("Line 3: The name is too long");
  await expect(preview).toContainText("Line 4: The name contains invisible control characters");
  await expect(dialog.getByRole("status")).toHaveText("1 to invite, 3 lines not understood.");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Line 2: ");
  expect(await server.api.slots()).toEqual([]);

  await dialog.getByLabel("People", { exact: true }).fill(lines[0]!);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/^1 invited/);
});

test("an invalid email is reported at its field", async ({ admin }) => {
  const { page } = admin;
  await admin.goto("/people");
  await page.getByRole("button", { name: "Add person" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  await dialog.getByLabel("Name").fill(ADA.name);
  await dialog.getByLabel("Email").fill("not an address");
  admin.guard.allow(/status of (4|5)\d\d/);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("This is not an email address.")).toBeVisible();
  await expect(dialog.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Email").fill(ADA.email);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: ADA.email })).toBeVisible();
});

test("links that belong to no invitation get a page that says so", async ({ server, phone }) => {
  phone.guard.allow(/status of 4\d\d/);
  for (const token of ["a".repeat(32), "short", "x".repeat(5_000), "%22%3E%3Cscript%3E", "..%2f..%2fetc%2fpasswd"]) {
    const response = await phone.page.goto(`${server.url}/e/${token}`);
    expect(response?.status(), token.slice(0, 40)).toBe(404);
    await new Landing(phone.page).expectHeading("We do not recognize this link");
  }
  const broken = await fetch(`${server.url}/e/%ff%fe`);
  expect(broken.status).toBe(400);
});

test("wrong PINs are counted, and then the right one is refused as well", async ({ server }) => {
  const { id } = await server.api.invite(ADA);
  const credentials = await server.api.credentials(id);
  const right = credentials.pin.replaceAll(" ", "");
  const wrong = right === "00000000" ? "11111111" : "00000000";
  const codes: number[] = [];
  while (codes.length < 60 && codes.at(-1) !== 429) {
    codes.push((await enroll(server.url, byPin({ email: ADA.email, pin: wrong }))).status);
  }
  expect(codes.at(-1)).toBe(429);
  expect(new Set(codes.slice(0, -1))).toEqual(new Set([401]));
  const locked = await enroll(server.url, byPin({ email: ADA.email, pin: right }));
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await locked.json()).toMatchObject({ code: "too_many_attempts" });
});

test("a wrong email with a right PIN looks like a wrong PIN", async ({ server }) => {
  const { id } = await server.api.invite(ADA);
  const { pin } = await server.api.credentials(id);
  const stranger = await enroll(server.url, byPin({ email: "mallory@example.com", pin }));
  const known = await enroll(server.url, byPin({ email: ADA.email, pin: "00000001" }));
  expect([stranger.status, known.status]).toEqual([401, 401]);
  expect(await stranger.text()).toBe(await known.text());
});

test("invalid bodies get a clear problem", async ({ server }) => {
  const cases: [string, Record<string, string>, number][] = [
    ["{", {}, 400],
    ["[]", {}, 422],
    ["{}", {}, 422],
    ["{}", { "content-type": "text/plain" }, 415],
    [JSON.stringify({ pad: "x".repeat(2_000_000) }), {}, 413],
  ];
  for (const [body, headers, status] of cases) {
    const response = await send(server.url, "POST", "/enroll", body, headers);
    expect(response.status, body.slice(0, 20)).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(((await response.json()) as { code: string }).code).toMatch(/^[a-z_]+$/);
  }
});

test("a wrong password and an unknown account get the same response", async ({ page, server }) => {
  const messages = [
    await refusal(page, server.url, ADMIN.email, "not the password"),
    await refusal(page, server.url, "nobody@example.com", "not the password"),
  ];
  expect(messages[0]).toBe(messages[1]);
  expect(messages[0]).not.toBe("");
});

/** The message of the sign-in page for wrong credentials. */
async function refusal(page: Page, url: string, email: string, password: string): Promise<string> {
  await page.goto(`${url}/sign-in`);
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  return page.getByRole("alert").innerText();
}
