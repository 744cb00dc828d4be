// The page of an iPhone after a lock that keeps nobody out, because the phone has no passcode.
import { appleTest as test, expect, iphoneContext } from "../fixtures/index.ts";
import { Landing } from "../fixtures/pages/landing.ts";
import { Camera, THEMES } from "./camera.ts";

/** The seed of a simulated iPhone without a passcode. */
const WITHOUT_PASSCODE = 14;

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("a lock without a passcode", async ({ admin, server, apple, browser }) => {
      const { page } = admin;
      const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
      const context = await iphoneContext(browser);
      const landing = new Landing(await context.newPage());
      await landing.page.goto((await server.api.credentials(id)).url);
      await landing.accept("Company", "iPhone");
      const iphone = apple.iphone(await landing.getProfile(), { supervised: false, asksEvery: 2, seed: WITHOUT_PASSCODE });
      try {
        await expect(admin.row("ada@example.com")).toHaveAttribute("data-status", "active", { timeout: 60_000 });
        const [slot] = await server.api.slots();
        await admin.goto(`/devices/${slot!.id}`);
        await page.getByRole("button", { name: "Lock", exact: true }).click();
        await admin.confirm("Lock");
        await expect(page.locator("[data-command=lock]")).toContainText("no passcode");
        await new Camera(page, theme).shoot("lock-without-passcode");
      } finally {
        await iphone.stop();
      }
      await context.close();
    });
  });
}
