// A mail server that does not work: nothing goes out, and one person's address is refused.
import { expect, test } from "../fixtures/index.ts";
import { Console } from "../fixtures/pages/console.ts";
import { Server } from "../fixtures/programs/server.ts";
import { Smtp } from "../fixtures/programs/smtp.ts";
import { Camera, THEMES } from "./camera.ts";

let server: Server;
let smtp: Smtp;

test.beforeAll(async () => {
  smtp = await Smtp.start();
  server = await Server.start({ smtpUrl: smtp.url });
  smtp.behaviour = "refuse";
  const { id } = await server.api.invite({ name: "Ada Lovelace", email: "adda@example.com" });
  await expect.poll(async () => (await server.api.invitation(id)).delivery.state).toBe("failed");
  smtp.behaviour = "stranger";
  await server.api.invite({ name: "Grace Hopper", email: "grace@example.com" });
});

test.afterAll(async () => {
  await server.stop();
  await smtp.close();
});

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("no email goes out", async ({ page }) => {
      const admin = new Console(page, server.url);
      const camera = new Camera(page, theme);
      await admin.signIn();
      for (const place of ["devices", "invitations"]) {
        await admin.goto(`/${place}`);
        await expect(page.getByRole("region", { name: "Notice about email" })).toContainText("Next try");
        await camera.shoot(`mail-paused-${place}`);
      }
    });
  });
}
