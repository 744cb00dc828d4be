// Every text of the console is in the catalogue.
import type { Agent } from "../fixtures/programs/agent.ts";
import type { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { expectOnlyCatalogueTexts, usePseudoLanguage } from "../fixtures/checks/catalogue.ts";
import type { Server } from "../fixtures/programs/server.ts";

/** An invitation item and an enrolled device. */
async function someRows(admin: Console, server: Server, agent: Agent): Promise<void> {
  await admin.invite("Ada Lovelace <ada@example.com>\nMax Mustermann <max@example.com>", false);
  const ada = (await server.api.slots()).find((slot) => slot.email === "ada@example.com")!;
  await agent.enroll((await server.api.credentials(ada.invitation_id)).url);
}

test("every text of the pages is in the catalogue", async ({ admin, page, server, newAgent }) => {
  test.slow();
  await someRows(admin, server, await newAgent());
  await usePseudoLanguage(page);

  for (const path of ["/devices", "/devices?status=active&q=a", "/devices?q=nothing", "/invitations", "/invitations?q=nothing", "/people", "/settings", "/settings/apple", "/nowhere"]) {
    if (path === "/nowhere") admin.guard.allow(/404/);
    await admin.goto(path);
    await expectOnlyCatalogueTexts(page);
  }
});

test("every text of the dialogs is in the catalogue", async ({ admin, page, server, newAgent }) => {
  test.slow();
  await someRows(admin, server, await newAgent());
  await usePseudoLanguage(page);

  await admin.goto("/devices");
  const dialog = page.getByRole("dialog");
  for (const name of ["Ada Lovelace", "Max Mustermann"]) {
    await admin.row(name).getByRole("button", { name: "Actions for" }).click();
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    await expectOnlyCatalogueTexts(page);
    await page.keyboard.press("Escape");
    await admin.row(name).getByRole("checkbox").check();
  }
  await expectOnlyCatalogueTexts(page);
  for (const verb of ["⟦Resend⟧", "⟦Renew⟧", "⟦Deactivate⟧", "⟦Delete⟧"]) {
    await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: verb }).click();
    await expectOnlyCatalogueTexts(page);
    await dialog.getByRole("button", { name: "⟦Cancel⟧" }).click();
  }
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await dialog.getByRole("textbox").first().fill("nobody\nx@example.com");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Line 1");
  await expectOnlyCatalogueTexts(page);
  await page.keyboard.press("Escape");

  for (const [name, id] of (await server.api.slots()).map((slot) => [slot.email, slot.id])) {
    await admin.goto(`/devices/${id}`);
    await expectOnlyCatalogueTexts(page);
    if (name !== "ada@example.com") await page.getByRole("button", { name: "Correct email" }).click();
    else await page.getByRole("button", { name: "⟦Lock⟧" }).or(page.getByRole("button", { name: "⟦Message⟧" })).first().click();
    await expectOnlyCatalogueTexts(page);
    await page.keyboard.press("Escape");
    if (name !== "ada@example.com") {
      await page.getByRole("button", { name: "Show credentials" }).first().click();
      await expect(dialog.locator("[data-secret='pin']")).toBeVisible();
      await expectOnlyCatalogueTexts(page);
      await page.keyboard.press("Escape");
    }
  }

  await admin.goto("/people");
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(dialog).toBeVisible();
  await expectOnlyCatalogueTexts(page);
});

test("every reason given by the rules, an import or a device is in the catalogue", async ({ admin, page, server, newAgent }) => {
  test.slow();
  await someRows(admin, server, await newAgent());
  await usePseudoLanguage(page);
  const dialog = page.getByRole("dialog");
  const bar = page.getByRole("region", { name: "Selection" });

  // Ada has a device and Max has none: each action applies to one of them only, and some to neither.
  await admin.goto("/devices");
  for (const name of ["Ada Lovelace", "Max Mustermann"]) await admin.row(name).getByRole("checkbox").check();
  for (const [verb, reasons] of [["Renew", 2], ["Resend", 1], ["Resend", 2]] as const) {
    await bar.getByRole("button", { name: verb }).click();
    await dialog.getByRole("button", { name: verb }).click();
    await expect(dialog.getByRole("listitem")).toHaveCount(reasons);
    await expectOnlyCatalogueTexts(page);
    await dialog.getByRole("button", { name: "Done" }).click();
  }

  await admin.goto("/people");
  await page.getByRole("checkbox").first().check();
  await bar.getByRole("button", { name: "Invite" }).click();
  await dialog.getByRole("button", { name: "Invite" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
  await expectOnlyCatalogueTexts(page);
  await dialog.getByRole("button", { name: "Done" }).click();

  const ada = (await server.api.slots()).find((slot) => slot.email === "ada@example.com")!;
  await admin.goto(`/devices/${ada.id}`);
  await expect(page.getByText("⟦This agent is an ordinary program").first()).toBeVisible();
  for (const name of ["⟦Hardware⟧", "⟦Processor⟧", "⟦Host name⟧"]) await expect(page.getByText(name)).toBeVisible();
  await expectOnlyCatalogueTexts(page);

  const lines = "name,email,locale\n,x@example.com,en\nXx,nothing,en\nYy,y@example.com,German,more\nZz\n";
  await admin.goto("/people/import");
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(lines) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: "Show preview" }).click();
  await expect(page.getByRole("link", { name: "Download the skipped lines" })).toBeVisible();
  const skipped = await page.evaluate(async () => (await fetch("/people/import/left-out.csv")).text());
  const reasons = skipped.trim().split("\n").slice(1);
  expect(reasons).toHaveLength(4);
  for (const reason of reasons) expect(reason).toContain("⟦");
});
