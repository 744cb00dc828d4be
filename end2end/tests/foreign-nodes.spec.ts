// What extensions and translators put into a page before the console starts: it works all the same.
import type { Page } from "@playwright/test";
import type { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";

/** The page is read, and no script of it has run. */
type Kind = "first in body" | "last in body" | "first in main" | "first in the console" | "beside fields" | "around texts";
const KINDS: Kind[] = ["first in body", "last in body", "first in main", "first in the console", "beside fields", "around texts"];
const PAGES = ["/devices", "/people", "/settings"];

/** Changes each page of the context as soon as it is read. */
async function meddle(page: Page, kind: Kind): Promise<void> {
  await page.addInitScript((kind) => {
    const node = () => Object.assign(document.createElement("div"), { className: "foreign", textContent: "+" });
    const texts = () => {
      const found: Text[] = [];
      const walker = document.createTreeWalker(document.getElementById("console") ?? document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) if (walker.currentNode.textContent?.trim()) found.push(walker.currentNode as Text);
      return found;
    };
    const change = () => {
      const main = document.querySelector("main");
      if (main === null) return;
      document.documentElement.dataset.meddled = "";
      if (kind === "first in body") document.body.prepend(node());
      if (kind === "last in body") document.body.append(node());
      if (kind === "first in main") main.prepend(node());
      if (kind === "first in the console") document.getElementById("console")!.prepend(node());
      if (kind === "beside fields") document.querySelectorAll("input, select, button").forEach((field) => field.before(node()));
      if (kind === "around texts") texts().forEach((text) => {
        const around = document.createElement("font");
        text.replaceWith(around);
        around.append(text);
      });
    };
    document.addEventListener("readystatechange", () => document.readyState === "interactive" && change());
  }, kind);
}

/** The page reacts: links navigate without loading a page, dialogs open, changes appear. */
async function expectAlive(admin: Console): Promise<void> {
  const { page } = admin;
  await expect(page.locator("html[data-meddled]")).toBeAttached();
  await admin.markDocument();
  await page.getByRole("link", { name: "Invitations", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invitations" })).toBeVisible();
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await expect(page.getByRole("dialog", { name: "Invite people" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-live=open]")).toBeVisible();
  await expect(page.locator("#broken")).toBeHidden();
  await admin.expectNoReload();
}

for (const kind of KINDS) {
  test(`a page with something ${kind} works`, async ({ admin, server }) => {
    const { page } = admin;
    admin.guard.allow(/panicked|unreachable/);
    await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
    await meddle(page, kind);
    for (const path of PAGES) {
      await admin.goto(path);
      await expectAlive(admin);
    }
    // What is outside of the console's element does not even make it start anew.
    const restarts = server.output.match(/The script of a page broke/g)?.length ?? 0;
    if (kind.endsWith("body")) expect(restarts).toBe(0);
    await server.api.invite({ name: "Bob Example", email: "bob@example.com" }, false);
    await page.getByRole("link", { name: "People", exact: true }).click();
    await expect(page.getByText("bob@example.com")).toBeVisible();
  });
}

/** Makes the console trap as it does when it meets what it cannot take over. */
async function trap(page: Page, stack: string): Promise<void> {
  await page.evaluate((stack) => {
    const error = Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack });
    dispatchEvent(new ErrorEvent("error", { error }));
  }, stack);
}

test("a page that breaks twice says so, and its links still work", async ({ admin, server }) => {
  const { page } = admin;
  admin.guard.allow(/unreachable/);
  await trap(page, "");
  await expect.poll(() => server.output.match(/The script of a page broke/g)?.length).toBe(1);
  await admin.waitUntilInteractive();
  await expect(page.getByRole("heading", { level: 1, name: "Mobile devices" })).toBeVisible();
  await expect(page.locator("#broken")).toBeHidden();
  // The instance that was left may go on to trap.
  await trap(page, "rollcall.wasm:wasm-function[1]");
  await expect(page.locator("#broken")).toBeHidden();
  await trap(page, "rollcall.wasm?start=1:wasm-function[1]");
  await expect(page.locator("#broken")).toContainText("The page stopped working.");
  await admin.markDocument();
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  expect(await page.evaluate(() => "isTheSameDocument" in window), "the link loaded a page").toBe(false);
});
