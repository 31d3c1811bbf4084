// SPDX-License-Identifier: Apache-2.0
// The real agent on a store with a past, and the real browser that looks at it.
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { VEDETTE_BINARY, VEDETTE_SEED, VEDETTE_BROWSER_DIR } = process.env;
const require = createRequire(path.join(VEDETTE_BROWSER_DIR, "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = require("axe-core").source;
export const shots = path.join(VEDETTE_BROWSER_DIR, "screenshots");

export const token = "token-of-the-tests";

export const sizes = { phone: { width: 360, height: 760 }, tablet: { width: 768, height: 1024 }, desk: { width: 1440, height: 1000 } };

// Waits for a line of a program's output; what it says is kept for the message of a failure.
class Program {
  constructor(args) {
    this.said = "";
    this.child = spawn(VEDETTE_BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (text) => (this.said += text));
    this.ended = new Promise((resolve) => this.child.on("exit", resolve));
  }
  async line(pattern) {
    for (let tries = 0; tries < 1500; ++tries) {
      const found = this.said.match(pattern);
      if (found) return found;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the program did not say ${pattern}:\n${this.said}`);
  }
  async stop() {
    this.child.kill("SIGTERM");
    const tooLong = setTimeout(() => this.child.kill("SIGKILL"), 15000);
    await this.ended;
    clearTimeout(tooLong);
  }
}

const check = (component, url) => `
  - name: ${component}-check
    component: ${component}
    http: {url: "${url}"}`;

// `components` are lines of YAML; `checked` are ids that get a check of the demo shop, which all pass while it is whole.
// `maintenances` are lines of YAML, too. Ann's token is `token`.
export async function startSite({ past, page = "{name: Status}", components, checked, urls = {}, maintenances = "" }) {
  const folder = mkdtempSync(path.join(tmpdir(), "vedette-browser-"));
  const store = path.join(folder, "vedette.db");
  if (past) execFileSync(VEDETTE_SEED, [past, store]);
  const shop = new Program(["demo", "--listen", "127.0.0.1:0"]);
  const shopUrl = (await shop.line(/The shop is open: +(http:\/\/\S+)\//))[1];
  const config = path.join(folder, "vedette.yaml");
  writeFileSync(config, `
agent: {region: eu-west, listen: "127.0.0.1:0", store: "sqlite:${store}", shards: 1, tokens: [{name: Ann, value: ${token}}]}
page: ${page}
defaults: {every: 1s, timeout: 1s, detect: {failures: 2, of: 3, passes: 2, confirm_after: 100ms}}
components:
${components}
checks:${checked.map((id) => check(id, shopUrl + (urls[id] ?? "/"))).join("")}
incidents: {resolve_after: 2s, reopen_within: 0s}
${maintenances && `maintenances:${maintenances}`}
`);
  const agent = new Program(["run", config]);
  const url = (await agent.line(/listening on (http:\/\/\S+)/))[1];
  return {
    url, folder, config,
    turn: (part, state) => fetch(`${shopUrl}/switches/${part}/${state}`, { method: "POST", redirect: "manual" }),
    async stop() {
      await agent.stop();
      await shop.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export const shopComponents = `
  - {id: website, name: Website, group: Customer Portal, description: Pages where customers browse and choose.}
  - {id: login, name: Sign in, group: Customer Portal}
  - {id: search, name: Search, group: Customer Portal}
  - {id: payments, name: Card Payments, group: Checkout, description: Paying by card at the end of an order., depends_on: [login]}
  - {id: invoices, name: Invoices, group: Checkout}
  - {id: api, name: Public API}
  - {id: mail, name: Mail Delivery}`;
export const shopIds = ["website", "login", "search", "payments", "invoices", "api", "mail"];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--force-color-profile=srgb"] });

// A page on which nothing may go wrong unseen: what its console says against it, and what it asks of anybody, is kept.
export async function openPage(browser, { size = "desk", dark = false, script = true } = {}) {
  const context = await browser.newContext({
    viewport: sizes[size], colorScheme: dark ? "dark" : "light", javaScriptEnabled: script, locale: "en-GB", timezoneId: "America/New_York",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.complaints = [];
  page.asked = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => page.asked.push(request.url()));
  return page;
}

export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary).join("; ")}`);
}
