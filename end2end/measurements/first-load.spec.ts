// `cargo xtask bench load`: how soon a page is there that a browser has never loaded before.
import { Console } from "../fixtures/console.ts";
import { test } from "../fixtures/index.ts";
import { Server } from "../fixtures/server.ts";
import { type Figures, measure } from "./lighthouse.ts";

/** Each page is loaded so often, and the load in the middle is told. */
const TIMES = 5;

test("first load", async ({ page }) => {
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const server = await Server.start({ seed: 1000 });
  try {
    const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
    const { url: landing } = await server.api.credentials(id);
    await new Console(page, server.url).signIn();
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const row = (await server.api.slots()).find((slot) => slot.device !== null)!;

    console.log(line("page", "largest paint", "blocked", "loaded", "accessibility", "best practices"));
    console.log(told("landing page", await middle(landing, chromium)));
    console.log(told("sign-in", await middle(`${server.url}/sign-in`, chromium)));
    for (const path of ["/devices", "/people", `/devices/${row.id}`, "/settings"]) {
      console.log(told(path.replace(row.id, "…"), await middle(server.url + path, chromium, cookie)));
    }
  } finally {
    await server.stop();
  }
});

/** The figures of the load whose largest paint is the median. */
async function middle(url: string, chromium: string, cookie?: string): Promise<Figures> {
  const loads: Figures[] = [];
  while (loads.length < TIMES) loads.push(await measure(url, chromium, cookie));
  loads.sort((one, other) => one.largestPaint - other.largestPaint);
  return loads[Math.floor(TIMES / 2)]!;
}

function told(page: string, figures: Figures): string {
  const seconds = `${(figures.largestPaint / 1000).toFixed(2)} s`;
  const { blocked, bytes, accessibility, bestPractices } = figures;
  return line(page, seconds, `${Math.round(blocked)} ms`, `${Math.round(bytes / 1000)} kB`, `${accessibility}`, `${bestPractices}`);
}

function line(page: string, ...cells: string[]): string {
  return [page.padEnd(16), ...cells.map((cell) => cell.padStart(14))].join(" ");
}
