// SPDX-License-Identifier: Apache-2.0
// The pages under what they do not expect: hostile texts, and very many of everything.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, startSite, violations } from "./site.mjs";

const attack = `"'><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>&<svg onload=window.hurt=1>`;
const quoted = JSON.stringify(attack);
const xml = (text) => execFileSync("xmllint", ["--noout", "-"], { input: text });
const parsed = (text) => JSON.parse(execFileSync("/usr/bin/python3", ["-c",
  "import feedparser, json, sys\nf = feedparser.parse(sys.stdin.buffer.read())\n" +
  "print(json.dumps({'bozo': bool(f.bozo), 'title': f.feed.get('title'), 'entries': [{k: e.get(k) for k in ('id', 'title', 'link', 'summary')} for e in f.entries]}))"],
  { input: text }));

let browser;
before(async () => (browser = await launch()));
after(async () => await browser?.close());

test("no text from outside becomes markup or script, anywhere", async () => {
  const site = await startSite({
    past: "hostile", page: `{name: ${quoted}, footer: ${quoted}, check_names: true, links: [{text: ${quoted}, url: "https://example.com/"}]}`,
    components: `  - {id: portal, name: ${quoted}, group: ${quoted}, description: ${quoted}}\n  - {id: api, name: ${quoted}}`, checked: ["portal", "api"],
  });
  try {
    const { incidents } = await (await fetch(site.url + "/api/v2/incidents.json")).json();
    const month = new Date().toISOString().slice(0, 7);
    const paths = ["/", "/components/portal", "/components/api", "/history", "/history/" + month, "/nowhere",
      ...incidents.map((one) => "/incidents/" + one.id)];
    for (const where of paths) {
      const page = await openPage(browser);
      await page.goto(site.url + where);
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.hurt), undefined, where);
      assert.equal(await page.locator("main img, main script, main iframe, [onload], [onerror]").count(), 0, where);
      assert.equal(await page.locator("a[href^='javascript:'], a[href^='data:']").count(), 0, where);
      assert.deepEqual(page.asked.filter((url) => !url.startsWith(site.url)), [], where);
      assert.deepEqual(page.complaints.filter((text) => !text.includes("404")), [], where);
      await page.context().close();
    }
    for (const feed of ["/history.rss", "/history.atom"]) {
      const text = await (await fetch(site.url + feed)).text();
      xml(text);
      const read = parsed(text);
      assert.equal(read.bozo, false, feed);
      assert.ok(read.entries.length >= 2, feed);
      assert.ok(read.title.includes("<script>"), "the title is told as it is");
    }
    xml(await (await fetch(site.url + "/badge/portal.svg")).text());
  } finally {
    await site.stop();
  }
});

test("a thousand components and five thousand incidents stay usable", async () => {
  const ids = [...Array(1000).keys()];
  const site = await startSite({
    past: "large", page: "{name: Large}",
    components: ids.map((i) => `  - {id: component-${i}, name: Component ${i}, group: Group ${Math.floor(i / 50)}}`).join("\n"),
    checked: ["component-0"],
  });
  try {
    const wire = await fetch(site.url);
    assert.equal(wire.headers.get("content-encoding"), "gzip");
    const page = await openPage(browser);
    await page.goto(site.url);
    assert.equal(await page.locator("li.component").count(), 1000);
    assert.equal(await page.locator("details.group:not([open])").count(), 20, "calm groups begin folded");
    assert.ok((await page.evaluate(() => document.documentElement.scrollHeight)) < 8000, "the page is not endless");
    const html = await (await fetch(site.url)).text();
    assert.ok(html.length < 2_500_000, `${html.length} bytes`);
    await page.locator("details.group summary").first().click();
    assert.ok(await page.locator("#c-component-3").isVisible());
    assert.deepEqual(page.complaints, []);

    const api = await (await fetch(site.url + "/api/v2/incidents.json")).json();
    assert.equal(api.incidents.length, 50);
    const month = new Date(Date.now() - 20 * 86400000).toISOString().slice(0, 7);
    await page.goto(`${site.url}/history/${month}/2`);
    assert.equal(await page.locator("article.incident").count(), 50);
    assert.ok((await page.locator(".pages a").count()) > 5);
    const feed = await (await fetch(site.url + "/history.atom")).text();
    xml(feed);
    assert.equal(parsed(feed).entries.length, 50);

    const out = path.join(site.folder, "export");
    const said = execFileSync(process.env.VEDETTE_BINARY, ["export", site.config, "--out", out]).toString();
    assert.match(said, /files written/);
    assert.ok(readdirSync(path.join(out, "incidents")).length >= 5000);
    assert.ok(existsSync(path.join(out, "components/component-999/index.html")));
    assert.ok(readFileSync(path.join(out, "index.html"), "utf8").includes("Component 999"));
    await page.context().close();
  } finally {
    await site.stop();
  }
});

test("the accent of a site is readable, its logo is shown, its words are its own", async () => {
  const site = await startSite({
    page: `{name: Gelb, accent: "#ffee00", language: de, time_zone: Europe/Berlin, footer: "Impressum folgt.",
      strings: {all_operational: Alles in Ordnung, components: Bestandteile, operational: In Betrieb,
      months: Januar Februar März April Mai Juni Juli August September Oktober November Dezember}}`,
    components: "  - {id: shop, name: Laden}", checked: ["shop"],
  });
  try {
    const page = await openPage(browser);
    await page.goto(site.url);
    await page.getByText("Alles in Ordnung").waitFor({ timeout: 20000 });
    assert.equal(await page.getAttribute("html", "lang"), "de");
    assert.match(await page.innerText("#overall time"), /(CET|CEST)$/);
    assert.match(await page.innerText("footer"), /Impressum folgt\./);
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  } finally {
    await site.stop();
  }
});
