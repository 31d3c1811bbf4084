// SPDX-License-Identifier: Apache-2.0
// The status page in use: an outage as it comes and goes, by mouse and by keyboard.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, shopComponents, shopIds, shots, startSite } from "./site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ past: "shop", page: "{name: Vedette Shop Status}", components: shopComponents, checked: shopIds,
    urls: { login: "/login", payments: "/api/catalogue" } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("an outage is seen live from operational to resolved, without a reload and without a jump", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  await page.evaluate(() => (window.sameDocument = true));
  await page.getByText("All systems are operational").waitFor();
  // The reader is somewhere below, has folded a group, and stands on a link.
  await page.locator("details.group").last().locator("summary").click();
  await page.locator("#c-api a.name").focus();
  const folded = () => page.locator("details.group").last().evaluate((group) => group.open);
  assert.equal(await folded(), false);

  await site.turn("login", "off");
  await page.getByRole("heading", { name: "Open incidents" }).waitFor({ timeout: 20000 });
  assert.match(await page.innerText("h1"), /outage affecting Sign in/);
  await page.locator("#open .said", { hasText: "Investigating" }).waitFor();
  await page.screenshot({ path: path.join(shots, "outage-desk-light.png"), fullPage: true });
  // docs/status-page.png is this picture.
  await page.screenshot({ path: path.join(shots, "readme.png"), fullPage: true, clip: { x: 190, y: 0, width: 1060, height: 1190 } });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Public API");
  assert.equal(await folded(), false, "a folded group stays folded");

  await site.turn("login", "on");
  await page.locator("#open .said", { hasText: "Monitoring" }).waitFor({ timeout: 20000 });
  await page.locator("#open").waitFor({ state: "detached", timeout: 20000 });
  assert.equal(await page.innerText("h1"), "All systems are operational");
  assert.match(await page.locator("#recent").innerText(), /Sign in/);
  assert.equal(await page.evaluate(() => window.sameDocument), true, "the page was not loaded anew");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("an incident page follows its incident", async () => {
  await site.turn("catalogue", "off");
  const page = await openPage(browser, { size: "phone" });
  await page.goto(site.url);
  await page.locator("#open h3 a").click({ timeout: 20000 });
  await page.locator("ol.timeline > li.investigating").first().waitFor();
  await site.turn("catalogue", "on");
  await page.locator("ol.timeline > li.resolved").waitFor({ timeout: 20000 });
  const order = await page.locator("ol.timeline time").evaluateAll((times) => times.map((time) => time.dateTime));
  assert.deepEqual(order, [...order].sort().reverse(), "newest first");
  assert.match(await page.innerText(".summary"), /had a (major|critical) incident on .* affecting Card Payments, lasting 1\u00a0m\./);
  await page.context().close();
});

test("days tell what they were like when pointed at, and when they get the focus", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  const bar = page.locator("#c-payments svg.days");
  const place = await bar.boundingBox();
  await page.mouse.move(place.x + (place.width * 80.5) / 90, place.y + 5);
  const tip = page.locator("#tip");
  assert.match(await tip.innerText(), /Partial outage for 3 hours 12 minutes/);
  assert.match(await tip.innerText(), /Card Payments/);
  await page.mouse.move(place.x + place.width * 0.995, place.y + 5);
  assert.match(await tip.innerText(), new RegExp(String(new Date().getUTCFullYear())));
  await page.screenshot({ path: path.join(shots, "tip.png") });
  await page.keyboard.press("Escape");
  assert.equal(await tip.isVisible(), false, "Escape dismisses it");
  await bar.locator("a").first().focus();
  assert.match(await tip.innerText(), /outage for/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/components\/payments#\d{4}-\d{2}-\d{2}$/);
  assert.ok(await page.locator("li:target").isVisible());
  await page.context().close();
});

test("the keyboard reaches everything in the order of the page, and the focus can be seen", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  assert.equal(await page.locator(".skip").isVisible(), true);
  const seen = [];
  let before = -1;
  for (let i = 0; i < 120; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element.closest("svg") ? element.querySelector("rect") : element);
      return { name: element.textContent.trim().slice(0, 30), end: element === document.body,
        order: [...document.querySelectorAll("*")].indexOf(element),
        visible: style.outlineStyle !== "none" || style.stroke !== "none" };
    });
    if (at.end) break;
    assert.ok(at.visible, `the focus on "${at.name}" cannot be seen`);
    assert.ok(at.order > before, "the focus goes down the page");
    before = at.order;
    seen.push(at.name);
  }
  for (const name of ["History", "Sign in", "Public API", "All incidents", "Atom"]) assert.ok(seen.includes(name), name);
  await page.context().close();
});

test("times show on the reader's own clock when they are pointed at", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  const time = page.locator("#overall time");
  assert.match(await time.innerText(), / UTC$/);
  assert.match(await time.getAttribute("title"), /(GMT-[45]|EST|EDT)/);
  await page.context().close();
});

test("a server that went away is told, and its return too", async () => {
  const away = await startSite({ components: "  - {id: shop, name: Shop}", checked: ["shop"] });
  const page = await openPage(browser);
  await page.goto(away.url);
  await page.getByText("All systems are operational").waitFor({ timeout: 20000 });
  await away.stop();
  await page.locator("#offline").waitFor({ timeout: 20000 });
  await page.context().close();
});
