// Importing people: errors are shown before anything is imported, and importing the same file again changes nothing.
import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expectAccessible } from "../fixtures/checks/axe.ts";
import { expect, test } from "../fixtures/index.ts";

const TABLE = [
  "Name;E-Mail;Sprache;Abteilung",
  "Ada Lovelace;ada@example.com;de;A",
  ";bo@example.com;de;A",
  "Cy;cy.example.com;de;A",
  "=cmd|' /C calc'!A0;di@example.com;;A",
  "Ada again;ADA@example.com;de;A",
  "Ed;ed@example.com;de;A;more",
].join("\r\n");

const file = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

async function choose(page: Page, text: string): Promise<void> {
  await page.getByLabel("CSV file").setInputFiles(file(text));
  await page.getByRole("button", { name: "Show preview" }).click();
}

test("a file is previewed, confirmed and imported, and importing it again changes nothing", async ({ admin, server, smtp }) => {
  const { page } = admin;
  await server.api.invite({ name: "Ada", email: "ada@example.com" }, false);
  await admin.goto("/people");
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page.getByRole("heading", { name: "Import people" })).toBeVisible();
  await expectAccessible(page, "upload");
  await choose(page, TABLE);
  await admin.waitUntilInteractive();
  await expect(page.getByText("people.csv, read as UTF-8. Nothing is imported yet.")).toBeVisible();
  await expect(page.getByText("Ignored columns: Abteilung")).toBeVisible();
  const lines = page.getByRole("row");
  for (const [line, reason] of [
    ["3", "The name is missing."],
    ["4", "This is not an email address."],
    ["6", "This email address is already in line 2."],
    ["7", "This line has 5 columns, the headings have 4."],
  ] as const) {
    await expect(lines.filter({ has: page.getByRole("cell", { name: line, exact: true }) })).toContainText(reason);
  }
  await expectAccessible(page, "preview");
  await page.getByRole("checkbox", { name: /Invite by email/ }).check();
  await page.getByRole("link", { name: "Different name or language 1" }).click();
  await expect(lines.filter({ hasText: "Ada Lovelace" })).toContainText("Currently named Ada");
  await expect(page.getByRole("checkbox", { name: /Invite by email the 1 person/ }), "the choice survives a change of the view").toBeChecked();
  expect(await server.api.call<{ total: number }>("GET", "/people")).toMatchObject({ total: 1 });

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the skipped lines with the reasons" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain("3,The name is missing.,,bo@example.com");

  await page.getByRole("checkbox", { name: /Correct the name/ }).check();
  await page.getByRole("button", { name: "Import 2 lines" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The import is finished." })).toBeVisible();
  const counts = page.getByRole("definition");
  await expect(counts, "added, corrected, unchanged, invited, had an invitation").toHaveText(["1", "1", "0", "1", "1"]);
  await expectAccessible(page, "result");
  const done = page.getByRole("main");
  await expect(done.getByRole("link", { name: "Invitations" })).toHaveAttribute("href", "/invitations");
  await done.getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("rowheader").filter({ hasText: "di@example.com" })).toBeVisible();
  await page.goBack();
  await expect(counts.first()).toHaveText("1");
  const email = await smtp.emailTo("di@example.com");
  expect(email.subject).toBeTruthy();

  await page.getByRole("button", { name: "Import another file" }).click();
  await choose(page, TABLE);
  await expect(page.getByRole("link", { name: "Unchanged 2" })).toBeVisible();
  await page.getByRole("button", { name: "Import 2 lines" }).click();
  await expect(counts).toHaveText(["0", "2"]);
  await admin.goto("/people");
  await expect(page.getByRole("rowheader").filter({ hasText: "=cmd" }), "shown as it is").toBeVisible();
});

test("a long import shows its progress, survives leaving the page and can be cancelled", async ({ admin }) => {
  const { page } = admin;
  const lines = Array.from({ length: 30_000 }, (_, n) => `Person ${n},person${n}@example.com`);
  await admin.goto("/people/import");
  await choose(page, ["name,email", ...lines].join("\n"));
  await page.getByRole("button", { name: "Import 30,000 lines" }).click();
  await admin.waitUntilInteractive();
  const progress = page.getByRole("progressbar");
  await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(0);
  await page.getByRole("link", { name: "Mobile devices" }).click();
  await expect(page.getByRole("heading", { name: "Mobile devices" })).toBeVisible();
  await page.goBack();
  const before = Number(await progress.getAttribute("value"));
  await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(before);
  const cancel = page.getByRole("button", { name: "Cancel import" });
  await cancel.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("The import was cancelled.");
});

test("a file is chosen, previewed and imported by keyboard alone", async ({ admin }) => {
  const { page } = admin;
  await admin.goto("/people/import");
  await page.getByLabel("CSV file").focus();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(file("name,email\nBo,bo@example.com\n"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await admin.waitUntilInteractive();
  await page.getByRole("checkbox", { name: /Invite by email/ }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The import is finished." })).toBeVisible();
});

test("a file that is not CSV is rejected, and people are exported as filtered", async ({ admin, server }) => {
  const { page } = admin;
  await admin.goto("/people/import");
  await choose(page, "PK\u0003\u0004 a spreadsheet");
  await expect(page.getByRole("alert")).toContainText("This is not a CSV file.");
  for (const name of ["Ada", "Bo"]) await server.api.invite({ name, email: `${name.toLowerCase()}@example.com` }, false);
  for (const path of ["/people", "/devices"]) {
    await admin.goto(`${path}?q=ada`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export" }).click(),
    ]);
    const table = await readFile(await download.path(), "utf8");
    expect(table).toContain("ada@example.com");
    expect(table).not.toContain("bo@example.com");
  }
});

test("people are selected across pages and invited at once, with a result for each", async ({ admin, server }) => {
  const { page } = admin;
  const lines = Array.from({ length: 30 }, (_, n) => `Person ${n},person${n}@example.com`);
  await server.api.import(["name,email", ...lines].join("\n"));
  await server.api.invite({ name: "Person 7", email: "person7@example.com" }, false);
  await admin.goto("/people");
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Select all 30 matching rows" }).click();
  await bar.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite these people?" });
  await dialog.getByRole("button", { name: "Invite" }).click();
  await expect(dialog.getByRole("status")).toContainText("29 rows done, 1 left unchanged");
  await expect(dialog.getByRole("listitem")).toContainText("Person 7");
  await expect(dialog.getByRole("listitem")).toContainText("active invitation");
});
