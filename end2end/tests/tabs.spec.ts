// Many tabs of one browser: over HTTP/1.1 it opens six connections to a server, so all tabs share one stream.
import type { BrowserContext, Page } from "@playwright/test";
import { Console } from "../fixtures/pages/console.ts";
import { Guard } from "../fixtures/pages/guard.ts";
import { expect, test } from "../fixtures/index.ts";
import type { Server } from "../fixtures/programs/server.ts";

/** How often the stream was opened. */
function streams(server: Server): number {
  return server.output.match(/GET \/live 200/g)?.length ?? 0;
}

async function openTabs(context: BrowserContext, server: Server, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let tab = 0; tab < count; tab++) {
    const page = await context.newPage();
    await new Console(page, server.url, new Guard(page)).goto("/devices");
    await expect(page.locator("[data-live=open]")).toBeVisible();
    pages.push(page);
  }
  return pages;
}

async function expectRow(pages: Page[], email: string): Promise<void> {
  for (const page of pages) await expect(page.locator("[data-slot-id]").filter({ hasText: email })).toBeVisible();
}

test("ten tabs are live, and share one stream", async ({ admin, server, context }) => {
  await expect(admin.page.locator("[data-live=open]")).toBeVisible();
  const pages = await openTabs(context, server, 10);
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  await expectRow([admin.page, ...pages], "ada@example.com");
  // Each of them still reaches the server.
  for (const page of pages) {
    await page.getByRole("link", { name: "People", exact: true }).click();
    await expect(page.getByText("ada@example.com")).toBeVisible();
  }
  expect(streams(server)).toBe(1);
});

test("without a shared worker one tab holds the stream, and another one takes over", async ({ admin, server, context }) => {
  // The first page keeps its worker, and the stream of that. It is counted once it is open.
  await expect(admin.page.locator("[data-live=open]")).toBeVisible();
  await expect.poll(() => streams(server)).toBe(1);
  await context.addInitScript(() => Reflect.deleteProperty(window, "SharedWorker"));
  const [holder, ...others] = await openTabs(context, server, 8);
  await expect.poll(() => streams(server)).toBe(2);
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  await expectRow([holder!, ...others], "ada@example.com");
  await holder!.close();
  await server.api.invite({ name: "Bob Example", email: "bob@example.com" }, false);
  await expectRow(others, "bob@example.com");
  expect(streams(server)).toBe(3);
});

test("without locks a tab has a stream of its own", async ({ admin, server, context }) => {
  await admin.goto("/settings");
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, "SharedWorker");
    Reflect.deleteProperty(Navigator.prototype, "locks");
  });
  const pages = await openTabs(context, server, 2);
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  await expectRow(pages, "ada@example.com");
});
