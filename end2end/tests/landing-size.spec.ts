// What a phone with a bad connection has to load.
import { mkdir, writeFile } from "node:fs/promises";
import { expect, test } from "../fixtures/index.ts";
import { linkIn } from "../fixtures/programs/smtp.ts";

/** For the page with everything that it loads, in bytes, uncompressed. */
const BUDGET = 30_000;
const REPORT = new URL("../../target/landing-size.txt", import.meta.url);

test("every landing page with everything it loads stays within its budget", async ({ server, smtp }) => {
  await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" });
  const link = linkIn(await smtp.emailTo("ada@example.com"));
  const sizes = [await sizeOf(link)];
  for (const platform of ["android", "ios", "ipados", "linux"]) {
    const body = new URLSearchParams({ ownership: "company", platform });
    expect((await fetch(link, { method: "POST", body, redirect: "manual" })).status).toBe(303);
    sizes.push(await sizeOf(link));
  }
  sizes.push(await sizeOf(`${server.url}/e/${"a".repeat(32)}`));
  const largest = Math.max(...sizes);
  await mkdir(new URL(".", REPORT), { recursive: true });
  await writeFile(REPORT, `${largest}\n`);
  expect(largest).toBeLessThanOrEqual(BUDGET);
  // A smaller size would mean that nothing was measured.
  expect(Math.min(...sizes)).toBeGreaterThan(5_000);
});

/** Bytes of a page and of everything that it refers to. */
async function sizeOf(url: string): Promise<number> {
  const html = await bytes(url);
  const text = html.toString("utf8");
  const files = [...text.matchAll(/(?:href|src)="(\/landing\.[^"]+)"/g)].map((match) => match[1]!);
  expect(files).toHaveLength(2);
  const loaded = await Promise.all(files.map((file) => bytes(new URL(file, url).href)));
  return loaded.reduce((sum, file) => sum + file.length, html.length);
}

async function bytes(url: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { "accept-encoding": "identity" } });
  expect(response.headers.get("content-encoding")).toBeNull();
  return Buffer.from(await response.arrayBuffer());
}
