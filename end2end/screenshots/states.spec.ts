// States that are rare: phones that came back or were wiped, an invitation that turned devices away, no connection.
import { byToken, enroll } from "../fixtures/http/agent-protocol.ts";
import { expect, test } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

let server: Server;

test.beforeAll(async () => {
  server = await Server.start({ seed: 300 });
  const invitation = await server.api.invite({ name: "Warehouse tablets", email: "warehouse@example.com" }, false);
  const { url } = await server.api.credentials(invitation.id);
  // One more than an invitation enrolls in an hour.
  for (let n = 0; n <= 100; n++) await enroll(server.url, byToken(url));
});

test.afterAll(() => server.stop());

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("rare states", async ({ page }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      for (const status of ["wiped", "replaced"]) {
        await admin.goto(`/devices?status=${status}`);
        await camera.shoot(`status-${status}`);
      }
      for (const cause of ["turned_away", "seen_twice"]) {
        await admin.goto(`/devices?attention=${cause}`);
        await camera.shoot(`attention-${cause}`);
      }
      await page.locator("tbody tr a").first().click();
      await expect(page.getByRole("heading", { name: "At a glance" })).toBeVisible();
      await camera.shoot("detail-same-hardware");
      await admin.goto("/devices?status=opened");
      await admin.rowAction(page.locator("tbody tr").first(), "Correct email");
      await page.getByRole("dialog").getByRole("textbox", { name: "Email" }).fill("corrected@example.com");
      await camera.shoot("correct-email");
      await page.keyboard.press("Escape");
      await server.kill9();
      await expect(page.getByText("No connection since")).toBeVisible({ timeout: 20_000 });
      await camera.shoot("no-connection");
      await server.restart();
    });
  });
}
