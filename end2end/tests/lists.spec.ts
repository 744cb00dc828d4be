// Lists: rows that stay in place, filters, and bulk actions.
import { expect, test } from "../fixtures/index.ts";

const person = (number: number) => ({ name: `Person ${number}`, email: `person${number}@example.com` });

test("rows do not move under the pointer, and new ones wait until they are requested", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(person(1), false);
  const row = admin.row(person(1).email);
  await row.hover();
  const before = await row.boundingBox();
  await server.api.invite(person(2), false);
  const pill = page.getByRole("button", { name: "1 new row – show" });
  await expect(pill).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await expect(admin.row(person(2).email)).toHaveCount(0);
  await pill.click();
  await expect(admin.row(person(2).email)).toBeVisible();
  await expect(pill).toBeHidden();
  await admin.movePointerAway();
  await server.api.invite(person(3), false);
  await expect(admin.row(person(3).email), "the pointer is not over the list").toBeVisible();
});

test("rows are selected across pages and changed at once, with a result for each", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const made = [];
  for (let number = 0; number < 30; number++) made.push(await server.api.invite(person(number), false));
  await (await newAgent()).enroll((await server.api.credentials(made[0]!.id)).url);
  await admin.goto("/devices");
  const all = page.getByRole("checkbox", { name: "Select all rows of this page" });
  await page.getByRole("checkbox", { name: "Select Person 29" }).check();
  await expect(all, "some are selected").toHaveJSProperty("indeterminate", true);
  await all.check();
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar).toContainText("25 rows selected");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(admin.row(person(0).email)).toBeVisible();
  await expect(bar, "the selection is kept across pages").toContainText("25 rows selected");
  await bar.getByRole("button", { name: "Select all 30 matching rows" }).click();
  await bar.getByRole("button", { name: "Resend" }).click();
  const dialog = page.getByRole("dialog", { name: "Resend invitations?" });
  await expect(dialog).toContainText("30 rows");
  await dialog.getByRole("button", { name: "Resend" }).click();
  await expect(dialog.getByRole("status")).toContainText("29 rows done, 1 left unchanged");
  await expect(dialog.getByRole("listitem")).toContainText("Person 0");
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByLabel("Status").selectOption("Active MDM");
  await expect(bar, "hidden rows are not selected").toBeHidden();
});

test("selected devices are locked at once, and a row without a device says why not", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  for (const number of [0, 1]) {
    const { id } = await server.api.invite(person(number), false);
    await (await newAgent()).enroll((await server.api.credentials(id)).url);
  }
  await server.api.invite(person(2), false);
  await admin.goto("/devices");
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Lock" }).click();
  const dialog = page.getByRole("dialog", { name: "Lock devices?" });
  await expect(dialog).toContainText("3 rows");
  await dialog.getByRole("button", { name: "Lock" }).click();
  await expect(dialog.getByRole("status")).toContainText("Requested of 2 devices, 1 left unchanged");
  await expect(dialog.getByRole("listitem")).toContainText("No device has connected yet.");
  await dialog.getByRole("button", { name: "Done" }).click();
  await admin.row(person(0).email).getByRole("link").first().click();
  await expect(page.locator("[data-command]")).toContainText("Lock");
});

test("filters are in the URL, alone and combined", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const { id } = await server.api.invite(person(1), false);
  await server.api.invite(person(2), false);
  await (await newAgent()).enroll((await server.api.credentials(id)).url);
  await admin.goto("/devices?platform=linux&contact=never");
  await expect(admin.row(person(1).email)).toBeVisible();
  await expect(admin.row(person(2).email)).toHaveCount(0);
  await page.getByLabel("Platform").selectOption("iPhone");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await expect(page).toHaveURL(/platform=ios/);
  await page.goBack();
  await expect(admin.row(person(1).email)).toBeVisible();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(admin.row(person(2).email)).toBeVisible();
});

test("the filter by a person has the person's name", async ({ admin, server }) => {
  const { page } = admin;
  await server.api.invite(person(1), false);
  await server.api.invite(person(2), false);
  await admin.goto("/people");
  await page.getByRole("row", { name: person(2).email }).getByRole("link", { name: /device/ }).click();
  await expect(page).toHaveURL(/\?person=/);
  const chip = page.getByRole("group", { name: "Filters" });
  await expect(chip).toContainText("Person: Person 2");
  await expect(admin.row(person(1).email)).toHaveCount(0);
  await page.reload();
  await expect(chip).toContainText("Person: Person 2");
});

test("numbers are written as the language of the page does", async ({ admin, server }) => {
  const { page } = admin;
  const lines = Array.from({ length: 1239 }, (_, number) => `p${number}@example.com`);
  await server.api.import(`email\n${lines.join("\n")}\n`);
  for (const [language, written] of [["en", "1,239"], ["de", "1.239"], ["cs", "1\u00a0239"]] as const) {
    await admin.goto("/settings");
    await page.locator("select[name=language]").selectOption(language);
    await page.locator("form.language button").click();
    await admin.waitUntilInteractive();
    await admin.goto("/people");
    await expect(page.locator(".pager-total")).toContainText(written);
    await page.locator("thead input[type=checkbox]").check();
    await expect(page.locator(".batch")).toContainText(written);
  }
});

test("the menu of an active device leads to what can be done", async ({ admin, server, newAgent }) => {
  const { page } = admin;
  const { id } = await server.api.invite(person(1), false);
  await (await newAgent()).enroll((await server.api.credentials(id)).url);
  const row = admin.row(person(1).email);
  await expect(row).toHaveAttribute("data-status", "active");
  await row.getByRole("button", { name: /^Actions for/ }).click();
  const entries = page.getByRole("menuitem");
  await expect(entries).toHaveText(["Locate, lock, wipe…", "Delete"]);
  await expect(page.locator("[role=menuitem][aria-disabled]")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Operations" })).toBeVisible();
  // What is requested is followed beside the buttons, and nothing covers the title.
  await page.getByRole("button", { name: "Ring" }).click();
  const latest = page.getByRole("region", { name: "Operations" }).locator(".latest");
  await expect(latest).toContainText(/Ring.*Requested/);
  await page.locator("[data-command=ring]").getByRole("button", { name: "Cancel" }).click();
  await expect(latest).toContainText(/Ring.*Cancelled/);
  const title = await page.getByRole("heading", { level: 1 }).boundingBox();
  const notice = await page.locator(".notice").boundingBox();
  expect(notice!.y).toBeGreaterThan(title!.y + title!.height);
});

test("invitations are changed at once, sorted and exported, and say why they ended", async ({ admin, server }) => {
  const { page } = admin;
  const made = [];
  for (const number of [1, 2, 3]) made.push(await server.api.invite(person(number), false));
  await server.api.invite(person(3), false);
  await admin.goto("/invitations");
  const row = (number: number) => page.getByRole("row", { name: person(number).email });
  await expect(row(3).last()).toContainText(/Replaced.*A newer invitation replaced it/);
  await page.getByRole("checkbox", { name: "Select Person 1" }).check();
  await page.getByRole("checkbox", { name: "Select Person 2" }).check();
  await page.getByRole("checkbox", { name: "Select Person 3" }).last().check();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate invitations?" });
  await expect(dialog).toContainText("3 invitations");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(dialog.getByRole("status")).toContainText("2 rows done, 1 left unchanged");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(row(1)).toContainText(/Deactivated.*An admin deactivated it/);
  expect((await server.api.invitation(made[1]!.id)).state).toBe("deactivated");
  // Everybody without an active invitation gets a new one.
  await bar.getByRole("button", { name: "New invitation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "New invitation" }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toContainText("2 rows done, 1 left unchanged");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(6);
  await page.getByLabel("Order").selectOption({ label: "Oldest first" });
  await expect(page).toHaveURL(/\?sort=oldest$/);
  await expect(page.locator("tbody tr").first()).toHaveAttribute("data-invitation-id", made[0]!.id);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export" }).click()]);
  expect(download.suggestedFilename()).toBe("invitations.csv");
  const { readFile } = await import("node:fs/promises");
  const table = await readFile((await download.path())!, "utf8");
  const states = ["Deactivated", "Deactivated", "Replaced", "Not sent"];
  expect(table.trim().split(/\r?\n/).map((line) => line.split(",").slice(1, 3).join(","))).toEqual([
    "email,state", ...states.map((state, at) => `${person(Math.min(at + 1, 3)).email},${state}`),
    ...[1, 2].map(() => expect.stringContaining("@example.com")),
  ]);
});

test("rows that need attention are counted by cause, and can be fixed from the list", async ({ admin, server, smtp }) => {
  const { page } = admin;
  smtp.behaviour = "refuse";
  await server.api.invite(person(1));
  await server.api.invite(person(2), false);
  const cause = page.getByRole("link", { name: "Mail failed 1" });
  await cause.click();
  await expect(page).toHaveURL(/attention=mail_failed/);
  await expect(page.getByText("The mail server rejected the invitation.")).toBeVisible();
  await expect(admin.row(person(1).email)).toBeVisible();
  await expect(admin.row(person(2).email)).toHaveCount(0);
  smtp.behaviour = "accept";
  await admin.movePointerAway();
  await admin.rowAction(admin.row(person(1).email), "Resend");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await expect(cause).toBeHidden();
});

test("the admin's own actions show at once, wherever the pointer is", async ({ admin, server }) => {
  const { page } = admin;
  for (const number of [1, 2, 3]) await server.api.invite(person(number), false);
  const row = admin.row(person(2).email);
  await row.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await admin.row(person(3).email).hover();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole("button", { name: /show$/ })).toHaveCount(0);
});
