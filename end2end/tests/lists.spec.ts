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
