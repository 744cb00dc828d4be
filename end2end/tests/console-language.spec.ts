// The language of the console.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { ADMIN } from "../fixtures/programs/server.ts";

const ADA = "Ada Lovelace <ada@example.com>";

test("a browser gets its language, before and after the page is interactive", async ({ browser, server }) => {
  const context = await browser.newContext({ locale: "de-AT" });
  const page = await context.newPage();
  const german = new Console(page, server.url);
  await german.goto("/sign-in");
  await page.getByLabel("E-Mail").fill(ADMIN.email);
  await page.getByRole("textbox", { name: "Passwort" }).fill("not this one");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("alert")).toHaveText("E-Mail-Adresse oder Passwort ist falsch.");
  await page.getByRole("textbox", { name: "Passwort" }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.waitForURL("**/devices");
  await german.waitUntilInteractive();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page).toHaveTitle("Mobilgeräte · Rollcall");
  await german.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Einstellungen");
  // Times are where German wants them, in a text that the server rendered and the browser hydrated.
  await expect(page.getByText(/^Angemeldet gerade eben, zuletzt gesehen gerade eben$/)).toBeVisible();
  german.guard.check();
  await context.close();
});

test("rows, dates and errors are in the language chosen in Settings", async ({ admin, page, server, newAgent }) => {
  await admin.invite(ADA, false);
  await admin.goto("/settings");
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Deutsch" });
  await page.getByRole("button", { name: "Use this language" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Einstellungen");
  await expect(page.getByRole("combobox", { name: "Sprache" })).toHaveValue("de");

  await admin.goto("/devices");
  const row = admin.row("Ada Lovelace");
  await expect(row).toContainText("Nicht gesendet");
  await expect(row.locator("time").first()).toHaveText("gerade eben");
  await expect(page.locator(".pager-total")).toHaveText("1 Zeile");
  // A live change in a visible row.
  await admin.markDocument();
  const [invitation] = (await server.api.slots()).map((slot) => slot.invitation_id);
  const agent = await newAgent();
  await agent.enroll((await server.api.credentials(invitation!)).url, "admin");
  await expect(row).toContainText("Schritt 3 von 5 · Geräteverwaltung");
  await expect(row).toContainText("Es fehlt: ");
  await admin.expectNoReload();

  // A refusal, and an invalid field.
  await page.getByRole("button", { name: "Personen einladen" }).click();
  const dialog = page.getByRole("dialog", { name: "Personen einladen" });
  await dialog.getByLabel("Personen", { exact: true }).fill("nobody");
  await expect(dialog.getByRole("status")).toHaveText("0 einzuladen, 1 Zeile nicht verstanden.");
  await dialog.getByRole("button", { name: "Einladungen senden" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Zeile 1: In dieser Zeile steht keine E-Mail-Adresse. Korrigieren oder entfernen Sie sie.");
  // The field writes dates as the browser does; beside it stands the date as the page does.
  await dialog.getByLabel("Gültig bis").fill("2031-03-09");
  await expect(dialog.getByLabel("Gültig bis")).toHaveAccessibleDescription(/^Gültig bis 9\. März 2031/);
  await dialog.getByRole("button", { name: "Abbrechen" }).click();

  // A page that the browser draws itself, and the server's message for something that does not exist.
  await page.getByRole("link", { name: "Einladungen" }).click();
  await expect(page).toHaveTitle("Einladungen · Rollcall");
  admin.guard.allow(/404/);
  await admin.goto(`/devices/${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Das gibt es nicht mehr.");
});
