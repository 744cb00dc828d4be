// The language of the console.
import { Console } from "../fixtures/console.ts";
import { expect, test } from "../fixtures/index.ts";

test("the console speaks the browser's language, before and after it is alive", async ({ browser, server }) => {
  const context = await browser.newContext({ locale: "de-AT" });
  const page = await context.newPage();
  const german = new Console(page, server.url);
  await german.signIn();
  await german.goto("/settings");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Einstellungen");
  await expect(page.getByRole("heading", { level: 2, name: "Angemeldete Browser" })).toBeVisible();
  // Moments stand where German wants them, in a text that the server rendered and the browser took over.
  await expect(page.getByText(/^Angemeldet .*, zuletzt gesehen .*/)).toBeVisible();
  german.guard.check();
  await context.close();
});
