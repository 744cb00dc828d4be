// Temporary states: an import, inviting many people, a lost device, the command palette.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { Camera, THEMES } from "./camera.ts";

const TABLE = [
  "name,email,locale,department",
  "Ada Lovelace,ada@example.com,de,A",
  "Wilhelmina Charlotte Friederike von Hohenberg-Lichtenstein,wilhelmina@example.com,cs,A",
  ",bo@example.com,de,A",
  "Cy,cy.example.com,de,A",
].join("\n");

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("importing and inviting people", async ({ page, server }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      await server.api.invite({ name: "Ada", email: "ada@example.com" }, false);
      await admin.goto("/people/import");
      await camera.shoot("import");
      await page.getByLabel("CSV file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
      await page.getByRole("button", { name: "Show preview" }).click();
      await expect(page.getByText("Nothing is imported yet.")).toBeVisible();
      await camera.shoot("import-preview");
      await page.getByRole("button", { name: /^Import \d+ lines?$/ }).click();
      await expect(page.getByRole("status").filter({ hasText: "The import is finished." })).toBeVisible();
      await camera.shoot("import-result");
      await admin.goto("/people");
      await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
      await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Invite" }).click();
      const dialog = page.getByRole("dialog");
      await camera.shoot("invite-many");
      await dialog.getByRole("button", { name: "Invite" }).click();
      await expect(dialog.getByRole("status")).toBeVisible();
      await camera.shoot("invite-many-results");
    });

    test("a lost device", async ({ page, server, newAgent }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
      const agent = await newAgent();
      await agent.enroll((await server.api.credentials(id)).url);
      const [slot] = await server.api.slots();
      await admin.goto(`/devices/${slot!.id}`);
      await page.getByRole("button", { name: "Lost mode", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Lost mode" });
      await dialog.getByLabel("Message").fill("This phone is lost. Please call us.");
      await dialog.getByLabel("Phone number to call").fill("+420 123 456");
      await camera.shoot("lost-dialog");
      await dialog.getByRole("button", { name: "Turn on lost mode" }).click();
      await expect(page.locator("[data-notice=lost]")).toBeVisible();
      await camera.shoot("lost-requested");
      await agent.contact();
      await expect(page.locator("[data-notice=lost]")).toContainText("Lost mode turned on");
      await camera.shoot("lost");
      await admin.goto("/devices");
      await camera.shoot("lost-in-list");
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
      await camera.shoot("palette");
    });
  });
}
