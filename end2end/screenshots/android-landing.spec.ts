// The landing page of Android phones with the app, in each browser and language, and the code for the setup wizard.
import { join } from "node:path";
import { phoneContext, test } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

const APP = join(import.meta.dirname, "../../server/tests/http/files/app.apk");
const MAIL = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36";

for (const theme of THEMES) {
  test(`steps on an Android phone, ${theme}`, async ({ browser }) => {
    const server = await Server.start({ androidApp: APP });
    const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
    const { url } = await server.api.credentials(id);
    const body = new URLSearchParams({ ownership: "company", platform: "android" });
    await fetch(url, { method: "POST", body, redirect: "manual" });
    for (const [name, options] of [["app", {}], ["app-mail-program", { userAgent: MAIL }]] as const) {
      const context = await phoneContext(browser, { colorScheme: theme, ...options });
      const page = await context.newPage();
      for (const language of ["en", "de", "cs"]) {
        await page.goto(`${url}?lang=${language}`);
        for (const details of await page.locator("ol.steps details > summary").all()) await details.click();
        await new Camera(page, theme).shoot(`landing-${name}-${language}`);
      }
      await context.close();
    }
    await server.stop();
  });

  test(`setup wizard, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const server = await Server.start({ androidApp: APP, publicUrl: "https://mdm.example.com" });
    const admin = new Console(page, server.url);
    await admin.signIn();
    await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
    await admin.rowAction(admin.row("ada@example.com"), "Show credentials");
    await page.getByRole("dialog").getByText("New company phone").click();
    await new Camera(page, theme).shoot("credentials-wizard");
    await server.stop();
  });
}
