// SPDX-License-Identifier: Apache-2.0
// Keeps an open page fresh: fetches it anew from time to time and swaps what has changed, without a flash.
(() => {
  const every = 10000;
  let shown = document.querySelector("main").innerHTML;

  function say(text) {
    let note = document.getElementById("offline");
    if (!text) {
      if (note) note.remove();
      return;
    }
    if (!note) {
      note = document.createElement("p");
      note.id = "offline";
      note.className = "notice";
      note.setAttribute("role", "alert");
      document.querySelector("main").before(note);
    }
    note.textContent = text;
  }

  function show(page) {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const main = fresh.querySelector("main");
    if (!main || main.innerHTML === shown) return;
    shown = main.innerHTML;
    document.title = fresh.title;
    document.querySelector("main").replaceWith(main);
  }

  async function refresh() {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.text());
      say("");
    } catch {
      say("This page cannot be refreshed at the moment. What you see may be out of date.");
    }
  }

  setInterval(refresh, every);
  document.addEventListener("visibilitychange", refresh);
})();
