// Keys, the slider, dropped files, and pages that change without a flash. Everything works without it.
(() => {
  "use strict";
  const $ = (s, from = document) => from.querySelector(s);
  const all = (s, from = document) => [...from.querySelectorAll(s)];
  document.documentElement.classList.add("js");

  // ---- going to another page of the desk: the new one's main part and bars are put in place of the old one's
  let going = 0;
  async function go(href, push = true) {
    const url = new URL(href, location.href);
    if (url.origin !== location.origin) { location.href = href; return; }
    const mine = ++going;
    document.documentElement.classList.add("loading");
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      const kind = answer.headers.get("content-type") || "";
      if (!kind.startsWith("text/html")) { location.href = url; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== going) return;
      const focused = document.activeElement && document.activeElement.id;
      if (push) history.pushState(null, "", answer.url + url.hash);
      document.title = page.title;
      document.body.replaceWith(page.body);
      all("link[rel=up]").forEach((x) => x.remove());
      const up = $("link[rel=up]", page);
      if (up) document.head.append(up);
      ready();
      const again = focused && document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
      else { if (push) scrollTo(0, 0); $("#main").focus({ preventScroll: true }); }
    } catch { location.href = url; } finally {
      if (mine === going) document.documentElement.classList.remove("loading");
    }
  }
  addEventListener("popstate", () => go(location.href, false));
  addEventListener("click", (e) => {
    const a = e.target.closest && e.target.closest(".asof a, .sorts a, .zooms a, .pager a");
    if (!a || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    go(a.getAttribute("href"));
  });

  // ---- what has to be set up on each page
  function ready() {
    const slide = $("#slide"), field = $("#as_of"), bar = $(".asof");
    const ask = (form) => go(form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form)));
    if (slide && field) {
      const first = Date.parse(bar.dataset.first + "T00:00Z");
      const day = () => new Date(first + slide.value * 864e5).toISOString().slice(0, 10);
      slide.addEventListener("input", () => { field.value = day(); slide.setAttribute("aria-valuetext", field.value); });
      slide.addEventListener("change", () => ask(field.form));
      field.addEventListener("change", () => { if (field.value && !typing) ask(field.form); });
      let typing = false;
      field.addEventListener("keydown", (e) => { typing = e.key !== "Enter"; });
      field.addEventListener("blur", () => { if (typing && field.value && field.value !== field.defaultValue) ask(field.form); });
      field.form.addEventListener("submit", (e) => { e.preventDefault(); if (field.value) ask(field.form); });
    }
    const drop = $(".drop"), files = $("#files");
    if (drop && files) {
      const over = (on) => (e) => { e.preventDefault(); drop.classList.toggle("over", on); };
      ["dragenter", "dragover"].forEach((x) => drop.addEventListener(x, over(true)));
      drop.addEventListener("dragleave", over(false));
      drop.addEventListener("drop", (e) => { over(false)(e); files.files = e.dataTransfer.files; });
    }
  }
  ready();

  // ---- keys
  const here = () => $("[data-row].here");
  function step(by) {
    const rows = all("[data-row]"), at = rows.indexOf(here());
    if (!rows.length) return;
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    rows.forEach((r) => r.classList.remove("here"));
    next.classList.add("here");
    const link = $("a.main", next) || $("a", next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  const row = () => here() || $(".head");
  const from = (name) => { const r = row(); return (r && r.dataset[name]) || ($(".head") && $(".head").dataset[name]); };
  const follow = (href) => { if (href) location.href = href; };
  const goTo = (which) => { const a = $(`[data-go=${which}]`); return a && a.getAttribute("href"); };
  let after = "", since = 0;
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const t = e.target, inField = t.matches && t.matches("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]");
    if (e.key === "Escape") {
      if (inField) { t.blur(); return; }
      if (here()) { here().classList.remove("here"); return; }
      const up = $("link[rel=up]");
      if (up) follow(up.getAttribute("href"));
      return;
    }
    if (inField) return;
    const second = after === "g" && e.timeStamp - since < 1500;
    after = "";
    if (second && (e.key === "b" || e.key === "t")) { e.preventDefault(); follow(e.key === "t" ? from("t") || goTo("t") : goTo("b")); return; }
    const does = {
      j: () => step(1), k: () => step(-1),
      e: () => { const x = from("e"); if (x) follow(x); else { const ev = $("#evidence"); if (ev) { all("details", ev).forEach((d) => { d.open = !d.open; }); ev.scrollIntoView(); } } },
      t: () => follow(from("t")),
      g: () => { after = "g"; since = e.timeStamp; },
      "/": () => { const q = $("#q"); if (q) { q.focus(); q.select(); } },
      "?": () => { const a = $("[data-keys]"); if (a) follow(a.getAttribute("href")); },
      Enter: () => { const a = here() && !t.closest("a, button, summary") && $("a.main", here()); if (a) follow(a.getAttribute("href")); else return false; },
    }[e.key];
    if (does) { if (does() !== false) e.preventDefault(); return; }
    if ("[]{}".includes(e.key)) { const a = $(`.asof [data-step="${e.key}"]`); if (a) { e.preventDefault(); go(a.getAttribute("href")); } }
  });
})();
