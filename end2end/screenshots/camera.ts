/** Takes pictures of pages at three widths. */
import { type Page } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

export type Theme = "light" | "dark";

export const THEMES: Theme[] = ["light", "dark"];
export const WIDTHS = { phone: [375, 812], tablet: [768, 1024], desktop: [1440, 900] } as const;
/** The folder for the pictures. */
export const FOLDER = join(import.meta.dirname, "../../target/screenshots");

export class Camera {
  constructor(
    private readonly page: Page,
    private readonly theme: Theme,
  ) {}

  /** The path of a single picture at desktop width. */
  path(name: string): string {
    return join(FOLDER, `${name}-desktop-${this.theme}.png`);
  }

  /** Takes full-page pictures at every width. */
  async shoot(name: string): Promise<void> {
    await mkdir(FOLDER, { recursive: true });
    for (const [device, [width, height]] of Object.entries(WIDTHS)) {
      await this.page.setViewportSize({ width, height });
      await this.page.screenshot({ path: join(FOLDER, `${name}-${device}-${this.theme}.png`), fullPage: true });
    }
    const [width, height] = WIDTHS.desktop;
    await this.page.setViewportSize({ width, height });
  }
}
