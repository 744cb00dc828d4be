// Every state of the landing page.
import { Landing } from "../fixtures/pages/landing.ts";
import { test } from "../fixtures/index.ts";
import { Camera, THEMES } from "./camera.ts";

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("landing page", async ({ page, server, newAgent }) => {
      const camera = new Camera(page, theme);
      const landing = new Landing(page);
      const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
      const { url } = await server.api.credentials(id);
      await page.goto(url);
      await camera.shoot("landing-choice");
      await landing.accept("Personal", "iPhone");
      await camera.shoot("landing-iphone");
      await page.getByRole("link", { name: "Choose another device" }).click();
      await landing.accept("Company");
      await camera.shoot("landing-android");
      await (await newAgent()).enroll(url);
      await landing.expectHeading(/^You’re done/);
      await camera.shoot("landing-done");
      await server.api.deactivate(id);
      await page.goto(url);
      await camera.shoot("landing-deactivated");
      await page.goto(`${server.url}/e/${"a".repeat(32)}`);
      await camera.shoot("landing-unknown");
    });

    test("first account", async ({ page, freshServer: server }) => {
      await page.goto(server.url + server.setupPath);
      await new Camera(page, theme).shoot("first-account");
    });
  });
}
