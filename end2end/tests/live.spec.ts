// What a page shows about its connection to the server.
import { expect, test } from "../fixtures/index.ts";

test("a page of an older version asks for a reload", async ({ admin }) => {
  const { page } = admin;
  await expect(page.getByRole("alert", { name: "Update" })).toBeHidden();
  await page.route("**/live", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: "event: front-end\ndata: /pkg/rollcall.other.wasm\n\n" }),
  );
  await page.reload();
  await admin.waitUntilInteractive();
  const notice = page.getByRole("alert", { name: "Update" });
  await expect(notice).toContainText("Rollcall was updated.");
  await page.unroute("**/live");
  await notice.getByRole("link", { name: "Reload the page" }).click();
  await admin.waitUntilInteractive();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(notice).toBeHidden();
});

test("a lost connection is shown, and no change is missed", async ({ admin, server }) => {
  const { page } = admin;
  admin.guard.allow(/net::ERR_/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await server.kill9();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await server.restart();
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(admin.row("ada@example.com")).toBeVisible();
});
