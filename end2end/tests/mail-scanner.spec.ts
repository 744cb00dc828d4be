// Mail scanners fetch every link, and some run the scripts. None of that counts as opening the invitation.
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

test("a dozen fetches leave an invitation unopened", async ({ server, smtp }) => {
  const { id } = await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  await expect.poll(async () => (await server.api.invitation(id)).state).toBe("sent");
  for (let count = 0; count < 12; count += 1) {
    const headers = { "user-agent": `Scanner/${count}` };
    expect((await fetch(link, { headers })).status).toBe(200);
    expect((await fetch(link, { headers, method: "HEAD" })).status).toBe(200);
  }
  expect((await server.api.invitation(id)).state).toBe("sent");
});

test("a scanner that runs scripts and scrolls opens nothing, and one tap does", async ({ server, smtp, phone }) => {
  const { id } = await server.api.invite(ADA);
  const link = linkIn(await smtp.emailTo(ADA.email));
  await expect.poll(async () => (await server.api.invitation(id)).state).toBe("sent");
  await phone.page.goto(link);
  await phone.page.evaluate(() => {
    scrollTo(0, document.body.scrollHeight);
    for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) document.body.dispatchEvent(new Event(name, { bubbles: true }));
    document.querySelector<HTMLElement>("summary")!.click();
  });
  await expect(phone.page.getByText("The agent does not read messages")).toBeVisible();
  expect((await server.api.invitation(id)).state).toBe("sent");
  await phone.page.getByRole("heading", { level: 1 }).tap();
  await expect.poll(async () => (await server.api.invitation(id)).state).toBe("opened");
});

test("a fetch is on the timeline", async ({ server, smtp }) => {
  await server.api.invite(ADA);
  await fetch(linkIn(await smtp.emailTo(ADA.email)), { headers: { "user-agent": "Scanner/1" } });
  const [slot] = await server.api.slots();
  const timeline = JSON.stringify((await server.api.slot(slot!.id)).timeline);
  expect(timeline).toContain("Scanner/1");
});
