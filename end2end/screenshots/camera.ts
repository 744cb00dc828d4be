/** Takes pictures of pages at three widths. */
import { type Page } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

export type Theme = "light" | "dark";

export const THEMES: Theme[] = ["light", "dark"];
export const WIDTHS = { phone: [375, 812], tablet: [768, 1024], desktop: [1440, 900] } as const;
/** Where the pictures are put. */
export const FOLDER = join(import.meta.dirname, "../../target/screenshots");

export class Camera {
  constructor(
    private readonly page: Page,
    private readonly theme: Theme,
  ) {}

  /** Where a single picture at the width of a desktop is put. */
  path(name: string): string {
    return join(FOLDER, `${name}-desktop-${this.theme}.png`);
  }

  /** Pictures of what is shown now, from top to bottom, at every width. */
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
