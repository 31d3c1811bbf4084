// SPDX-License-Identifier: Apache-2.0
// Three comforts; the page is whole without them. It keeps itself fresh, tells what each day of a bar was like, and shows
// times on the reader's own clock when they are pointed at.
(() => {
  "use strict";
  const words = document.body.dataset;
  const language = document.documentElement.lang;

  // ---- Times

  const localClock = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "long" });
  function showLocalTimes() {
    for (const time of document.querySelectorAll("time:not([title])")) {
      time.title = localClock.format(new Date(time.dateTime));
    }
  }

  // ---- Days

  const dayWords = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const days = 90;
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let marked = null;
  let leaving = 0;

  // A title would show itself beside our own words; as a label it still names the link.
  function takeTitles() {
    for (const title of document.querySelectorAll(".days a > title")) {
      title.parentNode.setAttribute("aria-label", title.textContent);
      title.remove();
    }
  }

  function hideTip() {
    tip.hidden = true;
    if (marked) marked.classList.remove("at");
    marked = null;
  }

  function linkOf(bar, day) {
    return [...bar.querySelectorAll("a")].find((link) => Math.floor(link.querySelector("rect").x.baseVal.value) === day);
  }

  // What the run says in which the day lies: "M0.14 12H89.86".
  function sayOfRun(bar, day) {
    for (const path of bar.querySelectorAll("path")) {
      const [from, to] = path.getAttribute("d").match(/[\d.]+(?= )|[\d.]+$/g).map(Number);
      if (day >= Math.floor(from) && day < to) return words[path.getAttribute("class")] || "";
    }
    return "";
  }

  function linesOf(bar, day) {
    const link = linkOf(bar, day);
    if (link) return link.getAttribute("aria-label").split("\n");
    const last = new Date(bar.dataset.last + "T00:00:00Z");
    const date = new Date(last.getTime() - (days - 1 - day) * 86400000);
    return [dayWords.format(date), sayOfRun(bar, day)];
  }

  function showTip(bar, day) {
    clearTimeout(leaving);
    hideTip();
    const [date, ...lines] = linesOf(bar, day);
    const head = document.createElement("strong");
    head.textContent = date;
    tip.replaceChildren(head, ...lines.filter(Boolean).map((line) => {
      const span = document.createElement("span");
      span.textContent = line;
      return span;
    }));
    const link = linkOf(bar, day);
    marked = link ? link.querySelector("g") : null;
    if (marked) marked.classList.add("at");
    const place = bar.getBoundingClientRect();
    tip.hidden = false;
    const middle = place.left + ((day + 0.5) / days) * place.width;
    const left = Math.min(Math.max(8, middle - tip.offsetWidth / 2), document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = left + scrollX + "px";
    tip.style.top = place.bottom + scrollY + "px";
  }

  function watchDays() {
    document.body.append(tip);
    document.addEventListener("pointermove", (event) => {
      const bar = event.target.closest && event.target.closest("svg.days");
      if (!bar) return;
      const place = bar.getBoundingClientRect();
      const day = Math.floor(((event.clientX - place.left) / place.width) * days);
      showTip(bar, Math.min(Math.max(day, 0), days - 1));
    });
    document.addEventListener("pointerout", (event) => {
      const near = event.target.closest && (event.target.closest("svg.days") || event.target.closest("#tip"));
      if (!near) return;
      clearTimeout(leaving);
      leaving = setTimeout(hideTip, 250);
    });
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    document.addEventListener("focusin", (event) => {
      const link = event.target.closest(".days a");
      if (link) showTip(link.closest("svg"), Math.floor(link.querySelector("rect").x.baseVal.value));
      else hideTip();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hideTip();
    });
  }

  // ---- Fresh without a jump: only what differs is changed, so that scrolling, focus and folded groups stay.

  // What the reader or this script has set on the page is not the server's to take away.
  const ours = (element, name) =>
    (name === "open" && element.localName === "details") || (name === "title" && element.localName === "time") ||
    (name === "aria-label" && element.localName === "a");

  function matchAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !ours(old, name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !ours(old, name)) old.setAttribute(name, value);
    }
  }

  const fits = (old, fresh) => old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");

  function matchChildren(old, fresh) {
    let place = old.firstChild;
    for (const wanted of [...fresh.childNodes]) {
      let found = place;
      while (found && !fits(found, wanted)) found = wanted.id ? found.nextSibling : null;
      if (!found) {
        old.insertBefore(wanted, place);
        continue;
      }
      while (place !== found) {
        const gone = place;
        place = place.nextSibling;
        gone.remove();
      }
      match(found, wanted);
      place = found.nextSibling;
    }
    while (place) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
  }

  function match(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    if (old.localName === "time" && old.dateTime !== fresh.dateTime) old.removeAttribute("title");
    matchAttributes(old, fresh);
    matchChildren(old, fresh);
  }

  function sayOffline(offline) {
    let note = document.getElementById("offline");
    if (!offline) return note && note.remove();
    if (note) return;
    note = document.createElement("p");
    note.id = "offline";
    note.className = "notice";
    note.setAttribute("role", "alert");
    note.textContent = words.offline;
    document.querySelector("main").before(note);
  }

  let tag = null;
  let busy = false;
  let again = false;

  async function refresh() {
    if (document.hidden) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      const version = answer.headers.get("ETag") || text;
      if (version !== tag) {
        const fresh = new DOMParser().parseFromString(text, "text/html");
        document.title = fresh.title;
        match(document.querySelector("main"), fresh.querySelector("main"));
        prepare();
        tag = version;
      }
      sayOffline(false);
    } catch {
      sayOffline(true);
    }
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  // News come as events where the server offers them; figures move on by themselves, so it is asked now and then anyway.
  let source = null;
  let polling = 0;

  function listen() {
    if (source || !window.EventSource) return;
    source = new EventSource("/events");
    source.addEventListener("changed", refresh);
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) source = null;
      refresh();
    };
  }

  function wake() {
    clearInterval(polling);
    if (document.hidden) {
      if (source) source.close();
      source = null;
      return;
    }
    listen();
    polling = setInterval(refresh, 30000);
    refresh();
  }

  function prepare() {
    takeTitles();
    showLocalTimes();
  }

  prepare();
  watchDays();
  if (words.refresh === "yes") {
    document.addEventListener("visibilitychange", wake);
    addEventListener("pagehide", () => source && source.close());
    wake();
  }
})();
