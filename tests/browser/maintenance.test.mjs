// SPDX-License-Identifier: Apache-2.0
// Maintenances as customers see them: announced in one zone and told in UTC, going on, over.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, shopComponents, shopIds, shots, startSite, token, violations } from "./site.mjs";

const day = 24 * 3600 * 1000;
const clock = (instant) => new Date(instant).toISOString().slice(0, 16).replace("T", " ");
// Noon there is 16:00 UTC in summer and 17:00 in winter.
const noon = new Date(Date.now() + 3 * day).toISOString().slice(0, 10) + " 12:00";

let site, browser;
before(async () => {
  site = await startSite({ components: shopComponents, checked: shopIds, maintenances: `
  - {name: now, title: New disks, components: [payments], at: "${clock(Date.now() - 60000)}", for: 1h}
  - {name: later, title: Moving the mail server, description: Mail is kept and comes later., components: [mail],
     at: "${noon}", zone: America/New_York, for: 2h}` });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const ask = async (where) => (await fetch(site.url + where)).json();
const names = async (where) => (await ask(where)).scheduled_maintenances.map((one) => one.name);

test("the page shows what is going on and what is planned", async () => {
  const page = await openPage(browser);
  await page.goto(site.url);
  const cards = page.locator("#maintenance");
  await cards.getByText("New disks").waitFor({ timeout: 20000 });
  await cards.getByText("In progress").waitFor({ timeout: 20000 });
  assert.match(await cards.innerText(), /Moving the mail server/);
  assert.match(await cards.innerText(), /Mail is kept and comes later/);
  await page.locator("#c-payments", { hasText: "Under maintenance" }).waitFor({ timeout: 20000 });
  await page.screenshot({ path: path.join(shots, "maintenance-desk-light.png"), fullPage: true });
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("feeds and the API tell of it in UTC, without an incident", async () => {
  assert.deepEqual(await names("/api/v2/scheduled-maintenances/active.json"), ["New disks"]);
  const { scheduled_maintenances: planned } = await ask("/api/v2/scheduled-maintenances/upcoming.json");
  assert.deepEqual(planned.map((one) => one.name), ["Moving the mail server"]);
  assert.match(planned[0].scheduled_for, /T1[67]:00:00\.000Z$/);
  assert.deepEqual((await ask("/api/v2/incidents/unresolved.json")).incidents, []);
  const feed = await (await fetch(site.url + "/history.rss")).text();
  assert.match(feed, /Moving the mail server[^]*<maintenanceEndDate>/);
});

test("one that is ended leaves the page, without a reload", async () => {
  const page = await openPage(browser, { size: "phone" });
  await page.goto(site.url);
  await page.locator("#c-payments", { hasText: "Under maintenance" }).waitFor();
  const { scheduled_maintenances: [active] } = await ask("/api/v2/scheduled-maintenances/active.json");
  const ended = await fetch(`${site.url}/api/v1/maintenances/${active.id}/end`, { method: "POST", headers: { Authorization: `Bearer ${token}` } });
  assert.equal(ended.status, 200);
  await page.locator("#c-payments", { hasText: "Operational" }).waitFor({ timeout: 20000 });
  assert.doesNotMatch(await page.locator("#maintenance").innerText(), /New disks/);
  await page.goto(`${site.url}/incidents/${active.id}`);
  assert.match(await page.innerText("main"), /The maintenance is over/);
  await page.screenshot({ path: path.join(shots, "maintenance-over-phone-light.png"), fullPage: true });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
