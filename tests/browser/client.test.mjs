// SPDX-License-Identifier: Apache-2.0
// A client library of the public Statuspage API, which knows nothing of us, reads the agent as it reads a page of
// Statuspage's own.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { shopComponents, shopIds, startSite } from "./site.mjs";

const require = createRequire(path.join(process.env.VEDETTE_BROWSER_DIR, "package.json"));
const { Statuspage, StatuspageUpdates } = require("statuspage.js");

let site;
before(async () => {
  site = await startSite({ past: "shop", page: "{name: Vedette Shop Status}", components: shopComponents, checked: shopIds,
    urls: { login: "/login" } });
  // It only knows addresses of Statuspage; the rest is as it does it.
  const ask = Statuspage.prototype._makeRequest;
  Statuspage.prototype._makeRequest = function (endpoint) {
    this.axios.defaults.baseURL = `${site.url}/api/v2`;
    return ask.call(this, endpoint);
  };
});
after(() => site?.stop());

const statuses = ["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"];

async function until(holds) {
  for (let tries = 0; tries < 200; ++tries) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`it did not come to pass: ${holds}`);
}

test("every answer has what the library promises its users", async () => {
  const client = new Statuspage("vedette");
  const summary = await client.summary();
  assert.equal(summary.page.name, "Vedette Shop Status");
  assert.ok(summary.page.updated_at instanceof Date);
  const { components } = await client.components();
  assert.deepEqual(components.filter((one) => !one.group).map((one) => one.name).sort(),
    ["Card Payments", "Invoices", "Mail Delivery", "Public API", "Search", "Sign in", "Website"]);
  for (const one of components) {
    assert.ok(statuses.includes(one.status), one.status);
    assert.match(one.id, /^[a-z0-9]{12}$/);
    assert.ok(one.updated_at instanceof Date);
    assert.equal(one.group, one.components !== undefined);
  }
  const { status } = await client.status();
  assert.ok(["none", "minor", "major", "critical", "maintenance"].includes(status.indicator));
  assert.ok(status.description);
});

test("incidents and maintenances come newest first, with their updates, and dates are dates", async () => {
  const client = new Statuspage("vedette");
  const { incidents } = await client.allIncidents();
  assert.ok(incidents.length > 3);
  for (const [index, one] of incidents.entries()) {
    assert.ok(one.created_at instanceof Date && one.started_at instanceof Date);
    assert.ok(index === 0 || incidents[index - 1].created_at >= one.created_at);
    assert.ok(["investigating", "identified", "monitoring", "resolved", "postmortem"].includes(one.status));
    assert.ok(one.incident_updates.length > 0);
    for (const update of one.incident_updates) {
      assert.equal(update.incident_id, one.id);
      assert.ok(update.body && update.created_at instanceof Date && update.display_at instanceof Date);
    }
  }
  assert.deepEqual((await client.unresolvedIncidents()).incidents, []);
  const { scheduled_maintenances: planned } = await client.allScheduledMaintenances();
  assert.ok(planned.every((one) => one.scheduled_for instanceof Date && one.scheduled_until instanceof Date));
  assert.deepEqual((await client.activeScheduledMaintenances()).scheduled_maintenances, []);
  assert.ok(Array.isArray((await client.upcomingScheduledMaintenances()).scheduled_maintenances));
});

test("whoever watches for updates hears of an outage and of its end", async () => {
  const watcher = new StatuspageUpdates("vedette", 100);
  const heard = [];
  watcher.on("incident_update", (incident) => heard.push([incident.name, incident.status]));
  await watcher.fetch();
  await watcher.start();
  try {
    await site.turn("login", "off");
    await until(() => heard.some(([name, status]) => /Sign in/.test(name) && status === "investigating"));
    const client = new Statuspage("vedette");
    assert.equal((await client.unresolvedIncidents()).incidents.length, 1);
    assert.notEqual((await client.status()).status.indicator, "none");
    await site.turn("login", "on");
    await until(() => heard.some(([name, status]) => /Sign in/.test(name) && status === "resolved"));
  } finally {
    watcher.stop();
  }
});
