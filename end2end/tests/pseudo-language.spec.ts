// Every word of the console is in the catalogue.
import type { Agent } from "../fixtures/agent.ts";
import type { Console } from "../fixtures/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { expectOnlyCatalogue, speakPseudo } from "../fixtures/pseudo.ts";
import type { Server } from "../fixtures/server.ts";

/** An invitation item and an enrolled device. */
async function someRows(admin: Console, server: Server, agent: Agent): Promise<void> {
  await admin.invite("Ada Lovelace <ada@example.com>\nMax Mustermann <max@example.com>", false);
  const ada = (await server.api.slots()).find((slot) => slot.email === "ada@example.com")!;
  await agent.enroll((await server.api.credentials(ada.invitation_id)).url);
}

test("no page says anything that is in no catalogue", async ({ admin, page, server, newAgent }) => {
  test.slow();
  await someRows(admin, server, await newAgent());
  await speakPseudo(page);

  for (const path of ["/devices", "/devices?status=active&q=a", "/devices?q=nothing", "/invitations", "/invitations?q=nothing", "/people", "/settings", "/nowhere"]) {
    if (path === "/nowhere") admin.guard.allow(/404/);
    await admin.goto(path);
    await expectOnlyCatalogue(page);
  }
});

// Left out: what the service tells as text, which is English as in the REST API. Reasons of bulk results, of invitations
// that were not made, and of fields.
test("no dialog says anything that is in no catalogue", async ({ admin, page, server, newAgent }) => {
  test.slow();
  await someRows(admin, server, await newAgent());
  await speakPseudo(page);

  await admin.goto("/devices");
  const dialog = page.getByRole("dialog");
  for (const name of ["Ada Lovelace", "Max Mustermann"]) {
    await admin.row(name).getByRole("button", { name: "Actions for" }).click();
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    await expectOnlyCatalogue(page);
    await page.keyboard.press("Escape");
    await admin.row(name).getByRole("checkbox").check();
  }
  await expectOnlyCatalogue(page);
  for (const verb of ["⟦Resend⟧", "⟦Renew⟧", "⟦Deactivate⟧", "⟦Delete⟧"]) {
    await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: verb }).click();
    await expectOnlyCatalogue(page);
    await dialog.getByRole("button", { name: "⟦Cancel⟧" }).click();
  }
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await dialog.getByRole("textbox").first().fill("nobody\nx@example.com");
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Line 1");
  await expectOnlyCatalogue(page);
  await page.keyboard.press("Escape");

  for (const [name, id] of (await server.api.slots()).map((slot) => [slot.email, slot.id])) {
    await admin.goto(`/devices/${id}`);
    await expectOnlyCatalogue(page);
    if (name !== "ada@example.com") await page.getByRole("button", { name: "Correct email" }).click();
    else await page.getByRole("button", { name: "⟦Lock⟧" }).or(page.getByRole("button", { name: "⟦Message⟧" })).first().click();
    await expectOnlyCatalogue(page);
    await page.keyboard.press("Escape");
    if (name !== "ada@example.com") {
      await page.getByRole("button", { name: "Show credentials" }).first().click();
      await expect(dialog.locator("[data-secret='pin']")).toBeVisible();
      await expectOnlyCatalogue(page);
      await page.keyboard.press("Escape");
    }
  }

  await admin.goto("/people");
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(dialog).toBeVisible();
  await expectOnlyCatalogue(page);
});
