// Lists with many rows in all states: attention causes, bulk actions.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

let server: Server;

test.beforeAll(async () => {
  server = await Server.start({ seed: 300 });
});

test.afterAll(() => server.stop());

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("many rows", async ({ page }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      await admin.goto("/devices");
      await camera.shoot("many-rows");
      await admin.goto("/devices?attention=not_opened");
      await camera.shoot("attention");
      await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
      await camera.shoot("selection");
      await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Renew" }).click();
      await camera.shoot("bulk");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Renew" }).click();
      await expect(dialog.getByRole("status")).toContainText("left unchanged");
      await camera.shoot("bulk-results");
      await dialog.getByRole("button", { name: "Done" }).click();
      await admin.goto("/devices");
      await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
      await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Lock" }).click();
      await camera.shoot("bulk-lock");
      await dialog.getByRole("button", { name: "Lock" }).click();
      await expect(dialog.getByRole("status")).toContainText("Requested of");
      await camera.shoot("bulk-lock-results");
      await dialog.getByRole("button", { name: "Done" }).click();
      await admin.goto("/devices");
      await page.locator("tbody tr").first().hover();
      await server.api.invite({ name: "Ada Lovelace", email: `ada.${theme}@example.com` }, false);
      await expect(page.getByRole("button", { name: "1 new row – show" })).toBeVisible();
      await page.screenshot({ path: camera.path("pill") });
    });
  });
}
