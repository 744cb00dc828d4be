// The language of the email and of the landing page.
import { expect, phoneContext, test } from "../fixtures/index.ts";
import { linkIn, pinIn } from "../fixtures/programs/smtp.ts";
import type { Server } from "../fixtures/programs/server.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("email and page are in the person's language, with scripts and without", async ({ browser, server, smtp, newAgent }) => {
  await inviteIn(server, "de-AT");
  const email = await smtp.emailTo(ADA.email);
  expect(email.text).toContain("Guten Tag, Ada Lovelace,");
  expect(email.html).toContain('<html lang="de">');
  expect(pinIn(email)).toMatch(/^\d{4} \d{4}$/);
  for (const javaScriptEnabled of [true, false]) {
    const context = await phoneContext(browser, { javaScriptEnabled });
    const page = await context.newPage();
    // The second time, the invitation is already accepted.
    await page.goto(`${linkIn(email)}?change=1`);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Guten Tag, Ada Lovelace");
    await page.getByRole("radio", { name: "Privat" }).check();
    await page.getByRole("radio", { name: "Android-Smartphone oder -Tablet" }).check();
    await page.getByRole("button", { name: "Einladung annehmen" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Verbinden Sie Ihr Smartphone, Ada Lovelace");
    await expect(page.getByRole("region", { name: "Status" }).getByRole("status")).toHaveText("Wir warten auf Ihr Smartphone …");
    await context.close();
  }
  const context = await phoneContext(browser);
  const page = await context.newPage();
  await page.goto(linkIn(email));
  const agent = await newAgent();
  await agent.enroll(linkIn(email), "admin");
  // The script fetches the status, which is in the page's language, too.
  await expect(page.getByRole("region", { name: "Status" }).getByRole("status")).toContainText("Schritt 3 von 5");
  await agent.resume();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fertig, Ada Lovelace");
  await context.close();
});

test("the language chosen at the foot is kept until the end", async ({ browser, server, smtp }) => {
  await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  const context = await phoneContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hello Ada Lovelace");
  await page.getByRole("navigation", { name: "Language" }).getByRole("link", { name: "Čeština" }).click();
  expect(page.url()).toBe(`${link}?lang=cs`);
  await expect(page.locator("html")).toHaveAttribute("lang", "cs");
  await expect(page.getByRole("navigation", { name: "Jazyk" }).getByRole("link", { name: "Čeština" })).toHaveAttribute("aria-current", "true");
  await page.getByRole("radio", { name: "Firemní" }).check();
  await page.getByRole("radio", { name: "Linux nebo jiné" }).check();
  await page.getByRole("button", { name: "Přijmout pozvánku" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Připojte své zařízení, Ada Lovelace");
  expect(new URL(page.url()).searchParams.get("lang")).toBe("cs");
  await page.getByRole("link", { name: "Zkontrolovat znovu" }).click();
  await page.getByRole("link", { name: "Změnit" }).click();
  await expect(page.getByRole("button", { name: "Přijmout pozvánku" })).toBeVisible();
  await context.close();
});

test("the page for an unknown link is in the browser's language", async ({ browser, server }) => {
  for (const [locale, heading] of [
    ["cs-CZ", "Tento odkaz tu neznáme"],
    ["de-CH", "Wir kennen diesen Link nicht"],
    ["fr-FR", "We do not recognize this link"],
  ] as const) {
    const context = await phoneContext(browser, { locale });
    const page = await context.newPage();
    await page.goto(`${server.url}/e/${"a".repeat(32)}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await context.close();
  }
});

test("copy buttons confirm in the page's language, and nothing is wider than the screen", async ({ browser, server, smtp }) => {
  await inviteIn(server, "cs");
  const link = linkIn(await smtp.emailTo(ADA.email));
  const context = await phoneContext(browser, { viewport: { width: 320, height: 640 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  await page.goto(link);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(await fits()).toBe(true);
  await page.getByRole("radio", { name: "Soukromé" }).check();
  await page.getByRole("radio", { name: "Telefon nebo tablet s Androidem" }).check();
  await page.getByRole("button", { name: "Přijmout pozvánku" }).click();
  expect(await fits()).toBe(true);
  const copy = page.getByRole("button", { name: "Kopírovat" }).first();
  await copy.click();
  await expect(page.getByRole("button", { name: /^(Zkopírováno|Označeno)$/ })).toBeVisible();
  await context.close();
});

/** Invites Ada, whose language is `locale`. */
function inviteIn(server: Server, locale: string): Promise<{ id: string }> {
  return server.api.invite({ ...ADA, locale } as { name: string; email: string });
}
