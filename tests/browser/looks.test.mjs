// SPDX-License-Identifier: Apache-2.0
// Every page at three widths, light and dark: it fits, axe finds nothing, nothing is asked of others. The pictures are kept.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, shopComponents, shopIds, shots, sizes, startSite, violations } from "./site.mjs";

let site, browser, incident;
before(async () => {
  site = await startSite({ past: "shop", page: "{name: Vedette Shop Status, links: [{text: Support, url: \"https://shop.example/help\"}]}",
    components: shopComponents, checked: shopIds });
  browser = await launch();
  const past = await (await fetch(site.url + "/api/v2/incidents.json")).json();
  incident = past.incidents.find((one) => one.status === "postmortem").id;
  await new Promise((resolve) => setTimeout(resolve, 2500)); // some runs for the charts
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const month = () => new Date(Date.now() - 9 * 86400000).toISOString().slice(0, 7);
const pages = {
  status: () => "/",
  incident: () => "/incidents/" + incident,
  history: () => "/history/" + month(),
  component: () => "/components/payments",
  missing: () => "/nowhere",
};

for (const [name, where] of Object.entries(pages)) {
  for (const size of Object.keys(sizes)) {
    for (const dark of [false, true]) {
      test(`${name} at ${size} width, ${dark ? "dark" : "light"}`, async () => {
        const page = await openPage(browser, { size, dark });
        await page.goto(site.url + where());
        await page.screenshot({ path: path.join(shots, `${name}-${size}-${dark ? "dark" : "light"}.png`), fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `the page is ${wide} px wider than the window`);
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.complaints.filter((text) => name !== "missing" || !text.includes("404")), []);
        assert.deepEqual(page.asked.filter((url) => !url.startsWith(site.url)), [], "asks of others");
        await page.context().close();
      });
    }
  }
}

test("everything is there without a script, and looks the same", async () => {
  const page = await openPage(browser, { script: false });
  await page.goto(site.url);
  const text = await page.innerText("main");
  for (const words of ["All systems are operational", "Card Payments", "90 days ago", "Incidents of the last 14 days", "us-east"]) {
    assert.ok(text.includes(words), words);
  }
  assert.ok((await page.locator("svg.days a title").count()) > 5, "days with trouble tell what was");
  await page.context().close();
});

test("it prints on paper without navigation", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".top nav").isVisible(), false);
  await page.context().close();
});

test("the first view takes less than 50 kB on the wire", async () => {
  const page = await openPage(browser);
  let bytes = 0;
  page.on("response", async (response) => {
    if (!response.url().includes("/events")) bytes += (await response.request().sizes()).responseBodySize;
  });
  await page.goto(site.url, { waitUntil: "load" });
  await page.waitForTimeout(500);
  assert.ok(bytes > 4000 && bytes < 50000, `${bytes} bytes`);
  await page.context().close();
});
