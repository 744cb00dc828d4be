// `cargo xtask bench load`: how fast a page loads in a browser with an empty cache.
import { Console } from "../fixtures/pages/console.ts";
import { expect, test } from "../fixtures/index.ts";
import { Server } from "../fixtures/programs/server.ts";
import { type Figures, measure } from "./lighthouse.ts";

/** How often each page is loaded. The median counts. */
const TIMES = 5;

/** Budgets of the largest paint, in milliseconds. */
const LANDING_BUDGET = 1500;
const CONSOLE_BUDGET = 2500;

test("first load", async ({ page }) => {
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const server = await Server.start({ seed: 1000 });
  try {
    const { id } = await server.api.invite({ name: "Ada Lovelace", email: "ada@example.com" }, false);
    const { url: landing } = await server.api.credentials(id);
    await new Console(page, server.url).signIn();
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const row = (await server.api.slots()).find((slot) => slot.device !== null)!;

    const over: string[] = [];
    const report = (page: string, budget: number, figures: Figures): void => {
      if (figures.largestPaint > budget) over.push(page);
      console.log(pageLine(page, budget, figures));
    };
    console.log(line("page", "largest paint", "budget", "verdict", "blocked", "loaded", "accessibility", "best practices"));
    report("landing page", LANDING_BUDGET, await median(landing, chromium));
    report("sign-in", CONSOLE_BUDGET, await median(`${server.url}/sign-in`, chromium));
    for (const path of ["/devices", "/people", `/devices/${row.id}`, "/settings"]) {
      report(path.replace(row.id, "…"), CONSOLE_BUDGET, await median(server.url + path, chromium, cookie));
    }
    expect(over, "pages whose largest paint is over budget").toEqual([]);
  } finally {
    await server.stop();
  }
});

/** The figures of the load whose largest paint is the median. */
async function median(url: string, chromium: string, cookie?: string): Promise<Figures> {
  const loads: Figures[] = [];
  while (loads.length < TIMES) loads.push(await measure(url, chromium, cookie));
  loads.sort((one, other) => one.largestPaint - other.largestPaint);
  return loads[Math.floor(TIMES / 2)]!;
}

/** One line of the table. */
function pageLine(page: string, budget: number, figures: Figures): string {
  const { largestPaint, blocked, bytes, accessibility, bestPractices } = figures;
  return line(
    page,
    seconds(largestPaint),
    seconds(budget),
    largestPaint > budget ? "OVER" : "within",
    `${Math.round(blocked)} ms`,
    `${Math.round(bytes / 1000)} kB`,
    `${accessibility}`,
    `${bestPractices}`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function line(page: string, ...cells: string[]): string {
  return [page.padEnd(16), ...cells.map((cell) => cell.padStart(14))].join(" ");
}
