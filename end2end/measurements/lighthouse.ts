/** Measures a page with Lighthouse, in a browser of its own. */
import { fileURLToPath } from "node:url";
import { cleanEnvironment, run } from "../fixtures/programs/process.ts";

const PROGRAM = fileURLToPath(new URL("node_modules/lighthouse/cli/index.js", import.meta.url));

/** What is measured. */
export interface Figures {
  /** Largest contentful paint, in milliseconds. */
  largestPaint: number;
  /** Total blocking time, in milliseconds. */
  blocked: number;
  /** Bytes loaded. */
  bytes: number;
  /** Scores from 0 to 100. */
  accessibility: number;
  bestPractices: number;
}

/**
 * Loads a page like a phone with a slow connection and an empty cache: 1.6 Mbit/s, 150 ms, CPU slowed down four times.
 * These are Lighthouse's own settings; the browser really throttles, and nothing is simulated afterwards.
 */
export async function measure(url: string, chromium: string, cookie?: string): Promise<Figures> {
  const root = process.getuid?.() === 0 ? " --no-sandbox" : "";
  const args = [
    PROGRAM,
    url,
    "--output=json",
    "--quiet",
    "--only-categories=performance,accessibility,best-practices",
    "--throttling-method=devtools",
    "--no-enable-error-reporting",
    `--chrome-flags=--headless=new --disable-gpu --disable-background-networking --no-first-run${root}`,
    ...(cookie === undefined ? [] : [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`]),
  ];
  const ended = await run(process.execPath, args, "", cleanEnvironment({ CHROME_PATH: chromium }));
  if (ended.code !== 0) throw new Error(`Lighthouse failed: ${ended.stderr}`);
  const { audits, categories } = JSON.parse(ended.stdout);
  const number = (name: string): number => audits[name].numericValue;
  const score = (name: string): number => Math.round(categories[name].score * 100);
  return {
    largestPaint: number("largest-contentful-paint"),
    blocked: number("total-blocking-time"),
    bytes: number("total-byte-weight"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
  };
}
