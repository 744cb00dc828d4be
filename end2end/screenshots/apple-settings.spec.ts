// Settings → Apple devices in its states.
import { expect, test } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { PretendedApple } from "../fixtures/programs/apple.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Camera, THEMES } from "./camera.ts";

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("the push certificate", async ({ page, smtp }) => {
      const server = await Server.start({ smtpUrl: smtp.url });
      const apple = await PretendedApple.create();
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      await admin.goto("/settings/apple");
      await camera.shoot("apple-none");
      await page.getByRole("button", { name: "Make a request" }).click();
      const link = page.getByRole("link", { name: "Download the request" });
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const request = (await download.path())!;
      const upload = async (file: string) => {
        await page.getByLabel("Certificate", { exact: true }).setInputFiles(file);
        await page.getByRole("button", { name: "Upload", exact: true }).click();
      };
      await upload(request);
      await expect(page.getByRole("alert").first()).toContainText("not a push certificate");
      await camera.shoot("apple-refused");
      await page.getByLabel("Apple Account").fill("mdm@example.com");
      await upload(await apple.answer(request, { topic: "com.apple.mgmt.External.0d0c1f3a-6c0c-4c86-9a52-7a1f1d5b2f10", days: 20 }));
      await expect(page.getByText("The push certificate is in use.")).toBeVisible();
      await camera.shoot("apple-soon");
      await upload(await apple.answer(request, { days: 365 }));
      await expect(page.getByText("The push certificate is valid.")).toBeVisible();
      await admin.goto("/settings/apple");
      await camera.shoot("apple-valid");
      await server.stop();
      await apple.remove();
    });
  });
}
