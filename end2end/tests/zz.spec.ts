import { test } from "../fixtures/index.ts";
import { Camera } from "../screenshots/camera.ts";
for (const theme of ["light","dark"] as const) test.describe(theme, () => { test.use({colorScheme: theme}); test("shot", async ({ admin, page }) => { await admin.goto("/settings"); await page.keyboard.press("Control+k"); await new Camera(page, theme).shoot("palette"); await page.keyboard.press("Escape");  await new Camera(page, theme).shoot("settings");}); });
