// Reminders: rules that an admin sets.
import { expect, test } from "../fixtures/index.ts";

const CAUSE = "Sent but not opened";

test("an admin chooses the causes for which people get reminders", async ({ admin, page }) => {
  await admin.goto("/settings");
  const card = page.getByRole("region", { name: "Reminders" });
  await expect(card.getByRole("checkbox")).toHaveCount(5);
  await expect(card.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await card.getByLabel(CAUSE, { exact: true }).check();
  await card.getByLabel(`Days before a reminder: ${CAUSE}`).fill("4");
  await card.getByLabel(`Maximum number of reminders: ${CAUSE}`).fill("10");
  await card.getByRole("button", { name: "Save reminders" }).click();
  await expect(card.getByRole("status")).toHaveText("The reminders are saved.");
  await expect(card.getByLabel(CAUSE, { exact: true })).toBeChecked();
  await expect(card.getByLabel(`Days before a reminder: ${CAUSE}`)).toHaveValue("4");
  await expect(card.getByLabel(`Maximum number of reminders: ${CAUSE}`)).toHaveValue("10");

  await card.getByLabel(CAUSE, { exact: true }).uncheck();
  await card.getByRole("button", { name: "Save reminders" }).click();
  await expect(card.getByLabel(CAUSE, { exact: true })).not.toBeChecked();
});

test("invalid rules are not saved", async ({ admin, page }) => {
  await admin.goto("/settings");
  const card = page.getByRole("region", { name: "Reminders" });
  // Without this, the browser would not submit the form.
  await card.locator("form").evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await card.getByLabel(CAUSE, { exact: true }).check();
  await card.getByLabel(`Days before a reminder: ${CAUSE}`).fill("91");
  await card.getByRole("button", { name: "Save reminders" }).click();
  await expect(card.getByRole("alert")).toContainText("1 to 90 days");
  await expect(card.getByLabel(CAUSE, { exact: true })).not.toBeChecked();
});
