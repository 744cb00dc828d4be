// Every page and dialog of the console, filled with the sample people and simulated phones of the demo.
import { type Page } from "@playwright/test";
import { join } from "node:path";
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { program, run } from "../fixtures/programs/process.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

let server: Server;

test.beforeAll(async () => {
  server = await Server.start({ demo: true });
  const phones = ["--devices", "14", "--pace", "fast", "--seed", "3", "--run-for", "20"];
  const played = await run(program("ROLLCALL_AGENT_BIN"), ["simulate", ...phones, "--urls", join(server.dataDir, "demo-urls.txt")]);
  expect(played, played.stderr).toMatchObject({ code: 0 });
});

test.afterAll(() => server.stop());

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("pages", async ({ page }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.goto("/sign-in");
      await camera.shoot("sign-in");
      await admin.signIn();
      for (const [name, path] of await pages(server)) {
        await admin.goto(path);
        await expect(page.getByText("Loading…")).toHaveCount(0);
        await camera.shoot(name);
      }
    });

    test("dialogs", async ({ page }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      for (const [name, path, open] of DIALOGS) {
        await admin.goto(path);
        await open(admin, page);
        await camera.shoot(name);
      }
    });
  });
}

/** Names and paths: the lists, a list without matches, and one detail page for each state of a row. */
async function pages(server: Server): Promise<[string, string][]> {
  const lists: [string, string][] = ["devices", "invitations", "people", "settings"].map((name) => [name, `/${name}`]);
  const details = new Map((await server.api.slots()).map(({ status, id }) => [`detail-${status}`, `/devices/${id}`]));
  return [...lists, ["no-match", "/devices?q=nobody%20at%20all"], ["not-found", "/nothing/here"], ...details];
}

const DIALOGS: [string, string, (admin: Console, page: Page) => Promise<void>][] = [
  [
    "invite",
    "/devices",
    async (_, page) => {
      await page.getByRole("button", { name: "Invite people" }).first().click();
      await page.getByLabel("People", { exact: true }).fill("Ada <ada@example.com>\nnobody\nGrace Hopper <grace@example.com>");
    },
  ],
  [
    "row-menu",
    "/devices?status=active",
    async (_, page) => page.getByRole("button", { name: /^Actions for/ }).first().click(),
  ],
  [
    "credentials",
    "/invitations?state=sent",
    async (admin, page) => {
      await admin.rowAction(page.locator("tbody tr").first(), "Show credentials");
      await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
    },
  ],
  [
    "deactivate",
    "/invitations?state=sent",
    async (admin, page) => admin.rowAction(page.locator("tbody tr").first(), "Deactivate"),
  ],
  ["person", "/people", async (admin, page) => admin.rowAction(page.locator("tbody tr").first(), "Edit")],
];
